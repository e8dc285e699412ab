"""The exchanges that some holders give or take in: an economy, or the classes an organiser answers for."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import SwapState
from ..models import AllotmentSwap, Forum


@dataclass(frozen=True)
class Exchanges:
    """What waits for the holders' answer, what they wait for, and what is over; the newest first."""

    to_answer: list[AllotmentSwap]
    asked: list[AllotmentSwap]
    over: list[AllotmentSwap]


def swaps_of(forum: Forum) -> Select[AllotmentSwap]:
    """Select the exchanges of a forum with their categories, the newest first."""
    return (
        select(AllotmentSwap)
        .where(AllotmentSwap.forum_id == forum.id)
        .order_by(AllotmentSwap.id.desc())
        .options(joinedload(AllotmentSwap.category), joinedload(AllotmentSwap.return_category))
    )


def exchanges_of(forum: Forum, holders: Collection[str]) -> Exchanges:
    """Return the exchanges of these holders at a forum; one between two of them waits for an answer."""
    theirs = or_(AllotmentSwap.giver.in_(holders), AllotmentSwap.taker.in_(holders))
    found = list(db.session.scalars(swaps_of(forum).where(theirs)))
    proposed = [each for each in found if each.state is SwapState.PROPOSED]
    return Exchanges(
        [each for each in proposed if each.taker in holders],
        [each for each in proposed if each.taker not in holders],
        [each for each in found if each.state is not SwapState.PROPOSED],
    )


def exchange_proposed_to(forum: Forum, holders: Collection[str], swap_id: int) -> Select[AllotmentSwap]:
    """Select one exchange that one of these holders is asked for."""
    return swaps_of(forum).where(AllotmentSwap.id == swap_id, AllotmentSwap.taker.in_(holders))


def exchange_proposed_by(forum: Forum, holders: Collection[str], swap_id: int) -> Select[AllotmentSwap]:
    """Select one exchange that one of these holders asked for."""
    return swaps_of(forum).where(AllotmentSwap.id == swap_id, AllotmentSwap.giver.in_(holders))


def count_to_answer(forums: ColumnElement[bool], holders: Collection[str]) -> list[tuple[Forum, str, int]]:
    """Return how many exchanges wait for each of these holders, where any do.

    Args:
        forums: the condition on ``Forum`` that says at which.
    """
    statement = (
        select(Forum, AllotmentSwap.taker, func.count())
        .join(AllotmentSwap, AllotmentSwap.forum_id == Forum.id)
        .where(forums, AllotmentSwap.taker.in_(holders), AllotmentSwap.state == SwapState.PROPOSED)
        .group_by(Forum.id, AllotmentSwap.taker)
        .order_by(Forum.starts_on, Forum.id, AllotmentSwap.taker)
    )
    return [(forum, taker, count) for forum, taker, count in db.session.execute(statement)]
