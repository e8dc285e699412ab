"""Exchanges of kept places: one holder proposes, the other answers, and places move only when both agreed."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import SwapState
from ..errors import ReasonMissing, SwapRefused
from ..models import Allotment, AllotmentSwap, Forum, ForumCategory, Registration
from ..notifications_swaps import tell_of_swap
from ..queries.allotments import holder_names
from .kept_places import allotments_by_holder, arrange
from .locking import lock_forum
from .swap_ending import end_impossible_swaps
from .waiting_list import offer_freed_seats


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Places of one category from ``giver`` to ``taker``, and what comes back for them, if anything."""

    giver: str
    taker: str
    category: ForumCategory
    places: int
    return_category: ForumCategory | None = None
    return_places: int = 0
    note: str = ""


def propose_swap(forum: Forum, proposal: Proposal, *, actor: Account, now: datetime) -> AllotmentSwap:
    """Ask another holder for an exchange; nothing moves until they accept.

    Raises:
        SwapRefused: both sides are the same, nothing is given, or a side does not have the places free.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    _refuse_nonsense(forum, proposal)
    swap = AllotmentSwap(
        forum=forum,
        giver=proposal.giver,
        taker=proposal.taker,
        category=proposal.category,
        places=proposal.places,
        return_category=proposal.return_category if proposal.return_places else None,
        return_places=proposal.return_places,
        note=proposal.note.strip(),
        proposed_at=now,
        proposed_by_id=actor.id,
    )
    with db.session.no_autoflush:
        _giving_sides(swap, now=now)
    db.session.add(swap)
    db.session.flush()
    record("swap proposed", swap, actor=actor, now=now, scope=swap.scope)
    tell_of_swap(swap, now=now)
    return swap


def accept_swap(swap: AllotmentSwap, *, actor: Account, now: datetime) -> list[Registration]:
    """Move the places of both sides, and return whom a place was offered to because of it.

    Raises:
        SwapRefused: it was answered or ended before, or a side does not have the places free now.

    Flushes; the caller commits.
    """
    _lock_open(swap)
    for category, giver, taker, places in _giving_sides(swap, now=now):
        _move(category, giver, taker, places, now=now)
    _decide(swap, SwapState.ACCEPTED, actor=actor, now=now)
    end_impossible_swaps(swap.forum, now=now)
    return offer_freed_seats(swap.forum, now=now)


def decline_swap(swap: AllotmentSwap, *, actor: Account, now: datetime, reason: str) -> None:
    """Say no to an exchange; the other side reads the reason.

    Raises:
        SwapRefused: it was answered or ended before.
        ReasonMissing: there is no reason.
    """
    _lock_open(swap)
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: the other side will read it."), field="reason")
    swap.reason = reason.strip()
    _decide(swap, SwapState.DECLINED, actor=actor, now=now)


def withdraw_swap(swap: AllotmentSwap, *, actor: Account, now: datetime) -> None:
    """Take a proposal back before it is answered.

    Raises:
        SwapRefused: it was answered or ended before.
    """
    _lock_open(swap)
    _decide(swap, SwapState.WITHDRAWN, actor=actor, now=now)


def _lock_open(swap: AllotmentSwap) -> None:
    lock_forum(swap.forum)
    db.session.refresh(swap)
    if swap.state is not SwapState.PROPOSED:
        raise SwapRefused(_("This exchange is %(state)s already.", state=swap.state.label.lower()))


def _decide(swap: AllotmentSwap, state: SwapState, *, actor: Account, now: datetime) -> None:
    changes = {"state": (swap.state.value, state.value)}
    swap.state, swap.decided_at, swap.decided_by_id = state, now, actor.id
    reason = swap.reason or None
    record(f"swap {state.value}", swap, actor=actor, now=now, scope=swap.scope, changes=changes, reason=reason)
    db.session.flush()
    tell_of_swap(swap, now=now)


def _refuse_nonsense(forum: Forum, proposal: Proposal) -> None:
    if proposal.giver == proposal.taker:
        raise SwapRefused(_("Choose another delegation: these places are yours already."), field="taker")
    if proposal.places < 1 or proposal.return_places < 0:
        raise SwapRefused(_("Give at least 1 place."), field="places")
    if proposal.return_places and proposal.return_category is None:
        raise SwapRefused(_("Say of which category places come back."), field="return_category")
    if proposal.return_places and proposal.return_category is proposal.category:
        raise SwapRefused(_("Places come back of another category than they are given of."), field="return_category")
    if any(each is not None and each.forum_id != forum.id for each in (proposal.category, proposal.return_category)):
        raise SwapRefused(_("Choose a category of this forum."), field="category")


def _giving_sides(swap: AllotmentSwap, *, now: datetime) -> list[tuple[ForumCategory, Allotment, str, int]]:
    """Return what moves: category, whose allotment, to whom, how many places.

    Raises:
        SwapRefused: one of them does not have so many free.
    """
    moves = [(swap.category, swap.giver, swap.taker, swap.places, "places")]
    if swap.return_category is not None:
        moves.append((swap.return_category, swap.taker, swap.giver, swap.return_places, "return_places"))
    sides = []
    for category, giver, taker, places, field in moves:
        kept = allotments_by_holder(category).get(giver)
        gone = (
            kept is None or kept.released_at is not None or (kept.releases_at is not None and kept.releases_at <= now)
        )
        free = kept.pool.free if kept is not None and not gone else 0
        if kept is None or free < places:
            raise SwapRefused(
                ngettext(
                    "%(holder)s has %(num)d free place of %(category)s; the exchange needs %(places)d.",
                    "%(holder)s has %(num)d free places of %(category)s; the exchange needs %(places)d.",
                    free,
                    holder=holder_names()[giver],
                    category=category.label,
                    places=places,
                ),
                field=field,
            )
        sides.append((category, kept, taker, places))
    return sides


def _move(category: ForumCategory, giver: Allotment, taker: str, places: int, *, now: datetime) -> None:
    before = allotments_by_holder(category)
    has = before[taker].pool.capacity if taker in before else 0
    arrange(category, {giver.holder: giver.pool.capacity - places, taker: has + places}, now=now)
    receiver = allotments_by_holder(category)[taker]
    if taker not in before or receiver.released_at is not None:
        receiver.releases_at, receiver.released_at = giver.releases_at, None
    giver.agreed, receiver.agreed = giver.pool.capacity, receiver.pool.capacity
