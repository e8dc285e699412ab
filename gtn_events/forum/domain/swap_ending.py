"""Ends proposed swaps whose places are not there any more."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import SwapState
from ..models import Allotment, AllotmentSwap, Forum
from ..notifications_swaps import tell_of_swap
from ..queries.allotments import allotments_of


def end_impossible_swaps(forum: Forum, *, now: datetime) -> list[AllotmentSwap]:
    """End every proposed swap of a forum for which a side has fewer places than it would give; tell both sides.

    A place that is taken at the moment ends nothing: it can become free again. Flushes.
    """
    statement = select(AllotmentSwap).where(
        AllotmentSwap.forum_id == forum.id, AllotmentSwap.state == SwapState.PROPOSED
    )
    proposed = db.session.scalars(statement.order_by(AllotmentSwap.id)).all()
    if not proposed:
        return []
    kept = {(each.category_id, each.holder): each for each in db.session.scalars(allotments_of(forum))}
    ended = [swap for swap in proposed if forum.is_over(now) or not _has_places(swap, kept)]
    for swap in ended:
        swap.state, swap.decided_at = SwapState.ENDED, now
        changes = {"state": (SwapState.PROPOSED.value, SwapState.ENDED.value)}
        record("swap ended", swap, actor=None, now=now, scope=swap.scope, changes=changes)
        db.session.flush()
        tell_of_swap(swap, now=now)
    return ended


def _has_places(swap: AllotmentSwap, kept: dict[tuple[int, str], Allotment]) -> bool:
    gives = [(swap.category_id, swap.giver, swap.places)]
    if swap.return_category_id is not None:
        gives.append((swap.return_category_id, swap.taker, swap.return_places))
    return all(_can_give(kept.get((category_id, holder)), places) for category_id, holder, places in gives)


def _can_give(allotment: Allotment | None, places: int) -> bool:
    return allotment is not None and allotment.released_at is None and allotment.pool.capacity >= places
