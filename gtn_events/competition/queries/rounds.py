"""Reads of rounds, of what is in them and of what belongs into them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from gtn_events.core.db import db

from ..enums import AssignmentState, EntryState, Standing
from ..models import Assignment, Competition, Criterion, Entry, Round, RoundEntry, Rubric
from .judging import LIVE_ENTRIES

SEATED = tuple(state for state in AssignmentState if state.is_seat)


def round_of(competition: Competition, number: int) -> Select[Round]:
    """Select one round of this competition by its number."""
    return select(Round).where(Round.competition_id == competition.id, Round.number == number)


def with_criteria(statement: Select[Round]) -> Select[Round]:
    """Let a select of rounds load every version of the criteria along."""
    return statement.options(selectinload(Round.rubrics).selectinload(Rubric.criteria).selectinload(Criterion.levels))


def rounds_in_order(competition: Competition) -> list[Round]:
    """Return the rounds with all their criteria."""
    statement = select(Round).where(Round.competition_id == competition.id).order_by(Round.number)
    return list(db.session.scalars(with_criteria(statement)))


def round_before(round_: Round) -> Round | None:
    """Return the round that decides which entries come into this one; None for the first."""
    statement = (
        select(Round)
        .where(Round.competition_id == round_.competition_id, Round.number < round_.number)
        .order_by(Round.number.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def incoming_entries(round_: Round, before: Round | None) -> Select[int]:
    """Select the ids of entries that belong into a round and are not in it, in the order in which they were sent."""
    there = select(RoundEntry.entry_id).where(RoundEntry.round_id == round_.id)
    statement = select(Entry.id).where(
        Entry.competition_id == round_.competition_id,
        Entry.state == EntryState.ADMITTED,
        Entry.id.not_in(there),
    )
    if before is not None:
        advanced = select(RoundEntry.entry_id).where(
            RoundEntry.round_id == before.id, RoundEntry.standing == Standing.ADVANCED
        )
        statement = statement.where(Entry.id.in_(advanced))
    return statement.order_by(Entry.submitted_at, Entry.id)


def incoming_count(round_: Round, before: Round | None) -> int:
    """Return how many entries belong into a round and are not in it."""
    incoming = incoming_entries(round_, before).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(incoming)) or 0


def entry_counts(competition: Competition) -> dict[int, int]:
    """Return how many live entries are in each round, by the round's id."""
    statement = (
        select(RoundEntry.round_id, func.count())
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Entry, Entry.id == RoundEntry.entry_id)
        .where(Round.competition_id == competition.id, Entry.state.in_(LIVE_ENTRIES))
        .group_by(RoundEntry.round_id)
    )
    return dict(db.session.execute(statement).all())


def seat_counts(competition: Competition) -> dict[int, int]:
    """Return how many seats for live entries are given in each round, by the round's id."""
    statement = (
        select(Assignment.round_id, func.count())
        .join(Round, Round.id == Assignment.round_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Round.competition_id == competition.id, Assignment.state.in_(SEATED), Entry.state.in_(LIVE_ENTRIES))
        .group_by(Assignment.round_id)
    )
    return dict(db.session.execute(statement).all())


def incoming_counts(competition: Competition, rounds: list[Round]) -> dict[int, int]:
    """Return how many entries belong into each round and are not in it, in two queries however many rounds there are.

    Args:
        rounds: all of the competition, in order.
    """
    there: dict[int, set[int]] = {each.id: set() for each in rounds}
    advanced: dict[int, set[int]] = {each.id: set() for each in rounds}
    statement = (
        select(RoundEntry.round_id, RoundEntry.entry_id, RoundEntry.standing)
        .join(Round, Round.id == RoundEntry.round_id)
        .where(Round.competition_id == competition.id)
    )
    for round_id, entry_id, standing in db.session.execute(statement):
        there[round_id].add(entry_id)
        if standing is Standing.ADVANCED:
            advanced[round_id].add(entry_id)
    admitted = set(
        db.session.scalars(
            select(Entry.id).where(Entry.competition_id == competition.id, Entry.state == EntryState.ADMITTED)
        )
    )
    sources = [admitted, *(admitted & advanced[each.id] for each in rounds)]
    return {each.id: len(source - there[each.id]) for each, source in zip(rounds, sources, strict=False)}
