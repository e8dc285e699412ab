"""The recount: places given twice, orders with gaps, nominations that contradict their entry."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import or_, select

from gtn_events.core.db import db

from ..enums import Endorsement, NominationState
from ..models import Competition, Entry, Nomination
from ..queries.figures import LIVE, limit_of
from .endorsement import IN_ORDER


def endorsement_differences() -> Iterator[str]:
    """Yield one sentence for each economy's order, and for each nomination, whose rows contradict one another."""
    statement = (
        select(Entry, Competition)
        .join(Competition, Competition.id == Entry.competition_id)
        .where(Entry.state.in_(LIVE), Entry.endorsement.in_(IN_ORDER))
        .order_by(Entry.competition_id, Entry.economy_code, Entry.preference, Entry.id)
    )
    rows = db.session.execute(statement).all()
    for (competition, code), part in groupby(rows, lambda row: (row.Competition, row.Entry.economy_code)):
        order = [row.Entry for row in part]
        if [entry.preference for entry in order] != list(range(1, len(order) + 1)):
            yield f"The endorsed entries of {code} to {competition.title} are in no order."
        yield from _places(competition, code, order)
    yield from _outside_orders()
    yield from _nominations()


def _places(competition: Competition, code: str, order: list[Entry]) -> Iterator[str]:
    seated = [entry.endorsement is Endorsement.ENDORSED for entry in order]
    if seated != sorted(seated, reverse=True):
        yield f"An entry of {code} to {competition.title} has a place before another one that stands above it."
    limit = limit_of(competition, code)
    if limit is not None and sum(seated) > limit:
        yield f"{code} has {limit} places in {competition.title}, and {sum(seated)} endorsed entries hold one."


def _outside_orders() -> Iterator[str]:
    stray = select(Entry.reference).where(
        Entry.preference.is_not(None), or_(Entry.endorsement.not_in(IN_ORDER), Entry.state.not_in(LIVE))
    )
    for reference in db.session.scalars(stray.order_by(Entry.id)):
        yield f"Entry {reference} stands in the order of its economy and is not endorsed, or out."


def _nominations() -> Iterator[str]:
    entered = Nomination.state == NominationState.ENTERED
    contradicting = or_(
        entered & Nomination.entry_id.is_(None),
        (Nomination.state == NominationState.OPEN) & Nomination.entry_id.is_not(None),
    )
    for number in db.session.scalars(select(Nomination.id).where(contradicting).order_by(Nomination.id)):
        yield f"Nomination {number} was used without an entry, or has one and was not used."
