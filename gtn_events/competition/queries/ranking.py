"""What a ranking is computed from, and the versions that were computed."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, load_only

from gtn_events.core.db import db

from ..enums import AssignmentState, RoundState
from ..models import (
    Assignment,
    Competition,
    Entry,
    Judge,
    RankingRow,
    ResultVersion,
    Round,
    RoundEntry,
    Scorecard,
)
from .judging import LIVE_ENTRIES

OVER = (RoundState.SCORED, RoundState.DECIDED)

CardRow = tuple[str, int, Decimal, dict[str, Any]]
"""Reference, judge's number, total and points."""

ReviewRow = tuple[str, int, Decimal, dict[str, Any], datetime, str | None, str]
"""The same, then the moment of submission and the economies of judge and entry."""

Moved = tuple[Entry, int, Decimal, int, Decimal]
"""Entry, rank and total before, rank and total after."""


def current_cards(round_: Round, *, without: Iterable[int] = ()) -> list[CardRow]:
    """Return reference, judge's number, total and points of every scorecard that counts.

    Args:
        without: ids of scorecards to leave out as well.
    """
    statement = _that_count(select(Entry.reference, Judge.number, Scorecard.total, Scorecard.scores), round_).where(
        Scorecard.id.not_in(list(without))
    )
    return [(*row,) for row in db.session.execute(statement)]


def cards_to_review(round_: Round) -> list[ReviewRow]:
    """Return the same scorecards with the moment of each, and the economies of judge and entry."""
    columns = (Entry.reference, Judge.number, Scorecard.total, Scorecard.scores, Scorecard.submitted_at)
    statement = _that_count(select(*columns, Judge.economy_code, Entry.economy_code), round_)
    return [(*row,) for row in db.session.execute(statement)]


def _that_count(statement: Select[Any], round_: Round) -> Select[Any]:  # Any: the columns are the caller's
    return (
        statement.select_from(Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(
            Scorecard.round_id == round_.id,
            Scorecard.superseded.is_(False),
            Scorecard.excluded_at.is_(None),
            Assignment.state == AssignmentState.SUBMITTED,
            Entry.state.in_(LIVE_ENTRIES),
        )
    )


def entries_of(round_: Round, *, live_only: bool = True) -> dict[str, int]:
    """Return the ids of a round's entries by their references, sorted; those that left it meanwhile only on request."""
    statement = (
        select(Entry.reference, Entry.id)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id)
        .order_by(Entry.reference)
    )
    if live_only:
        statement = statement.where(Entry.state.in_(LIVE_ENTRIES))
    found = db.session.execute(statement).all()
    return {row.reference: row.id for row in found}


def scored_rounds(competition: Competition) -> list[Round]:
    """Return the rounds that take no scores any more, in order."""
    statement = (
        select(Round).where(Round.competition_id == competition.id, Round.state.in_(OVER)).order_by(Round.number)
    )
    return list(db.session.scalars(statement))


def versions_of_round(round_: Round) -> list[ResultVersion]:
    """Return all computed versions, the newest first."""
    statement = select(ResultVersion).where(ResultVersion.round_id == round_.id).order_by(ResultVersion.number.desc())
    return list(db.session.scalars(statement))


def latest_version(round_: Round) -> ResultVersion | None:
    """Return the version that stands."""
    return next(iter(versions_of_round(round_)), None)


def totals_of(version: ResultVersion) -> dict[str, Decimal]:
    """Return the totals of a version by the references of its entries."""
    statement = (
        select(Entry.reference, RankingRow.total)
        .join(RankingRow, RankingRow.entry_id == Entry.id)
        .where(RankingRow.result_id == version.id)
    )
    found = db.session.execute(statement).all()
    return {row.reference: row.total for row in found}


def round_numbered(competition: Competition, number: int) -> Round | None:
    """Return a round by its number, whatever its state."""
    statement = select(Round).where(Round.competition_id == competition.id, Round.number == number)
    found: Round | None = db.session.scalar(statement)
    return found


def ranked(version: ResultVersion) -> Select[RankingRow]:
    """Select the rows of a version with their entries; not ordered."""
    entry = joinedload(RankingRow.entry)
    return (
        select(RankingRow)
        .where(RankingRow.result_id == version.id)
        .options(
            entry.options(
                load_only(Entry.reference, Entry.title, Entry.organisation_name, Entry.economy_code, Entry.state),
                joinedload(Entry.economy),
            )
        )
    )


def rows_of(version: ResultVersion, references: Iterable[str]) -> dict[str, RankingRow]:
    """Return the rows of some entries of a version by their references."""
    statement = (
        ranked(version).join(Entry, Entry.id == RankingRow.entry_id).where(Entry.reference.in_(list(references)))
    )
    return {row.entry.reference: row for row in db.session.scalars(statement)}


def tie_bounds(version: ResultVersion, groups: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return the first and the last rank of tie groups."""
    statement = (
        select(RankingRow.tie_group, func.min(RankingRow.rank), func.max(RankingRow.rank))
        .where(RankingRow.result_id == version.id, RankingRow.tie_group.in_(list(groups)))
        .group_by(RankingRow.tie_group)
    )
    return {group: (first, last) for group, first, last in db.session.execute(statement)}


def size_of(version: ResultVersion) -> int:
    """Return how many entries a version ranks."""
    return db.session.scalar(select(func.count()).where(RankingRow.result_id == version.id)) or 0


def row_of(version: ResultVersion, entry_id: int) -> RankingRow | None:
    """Return an entry's place in a version, None when it is not ranked there."""
    statement = select(RankingRow).where(RankingRow.result_id == version.id, RankingRow.entry_id == entry_id)
    row: RankingRow | None = db.session.scalar(statement)
    return row


def moved_between(older: ResultVersion, newer: ResultVersion, *, most: int) -> list[Moved]:
    """Return entry, rank and total before and after where the two versions give different ranks, the furthest first.

    An entry that stands in one of them only is left out.
    """
    before, after = aliased(RankingRow), aliased(RankingRow)
    statement = (
        select(Entry, before.rank, before.total, after.rank, after.total)
        .join(before, before.entry_id == Entry.id)
        .join(after, after.entry_id == Entry.id)
        .where(before.result_id == older.id, after.result_id == newer.id, before.rank != after.rank)
        .order_by(func.abs(after.rank - before.rank).desc(), after.rank)
        .limit(most)
    )
    return [(*row,) for row in db.session.execute(statement)]
