"""Recorded roots, and what they are made from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from gtn_events.core.db import db

from ..enums import AssignmentState, CompetitionState, RootKind
from ..models import Assignment, Competition, Entry, EntryVersion, Judge, RecordedRoot, Round

SentRow = tuple[str, int, str, dict[str, Any], datetime]
"""Reference, number, SHA-256, content and moment of one sent version."""

SeatRow = tuple[int, str, int]
"""Number of the seat, the entry's reference, the judge's number."""


def roots_of(competition: Competition, *, with_lines: bool = False) -> list[RecordedRoot]:
    """Return the recorded roots in the order in which they were recorded, with their rounds."""
    statement = (
        select(RecordedRoot)
        .where(RecordedRoot.competition_id == competition.id)
        .options(joinedload(RecordedRoot.round))
        .order_by(RecordedRoot.id)
    )
    return list(db.session.scalars(statement.options(undefer(RecordedRoot.lines)) if with_lines else statement))


def last_call_root_at(competition: Competition) -> datetime | None:
    """Return when the newest root of the call was recorded."""
    statement = select(func.max(RecordedRoot.recorded_at)).where(
        RecordedRoot.competition_id == competition.id, RecordedRoot.kind == RootKind.CALL
    )
    return db.session.scalar(statement)


def closed_calls(now: datetime) -> list[Competition]:
    """Return the competitions whose call has closed and whose results are not published."""
    statement = (
        select(Competition)
        .where(
            Competition.state != CompetitionState.DRAFT,
            Competition.entries_close_at <= now,
            Competition.results_published_at.is_(None),
        )
        .order_by(Competition.id)
    )
    return list(db.session.scalars(statement))


def sent_versions(competition: Competition) -> list[SentRow]:
    """Return every version of every entry in the order in which they were sent."""
    statement = (
        select(Entry.reference, EntryVersion.number, EntryVersion.sha256, EntryVersion.content, EntryVersion.sent_at)
        .join(EntryVersion, EntryVersion.entry_id == Entry.id)
        .where(Entry.competition_id == competition.id)
        .order_by(EntryVersion.id)
    )
    return [(*row,) for row in db.session.execute(statement)]


def given_seats(round_: Round, *, only: Iterable[int] | None = None) -> list[SeatRow]:
    """Return every seat of a round that was released, given up ones as well; ``only`` narrows them to some."""
    statement = (
        select(Assignment.id, Entry.reference, Judge.number)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(Assignment.round_id == round_.id, Assignment.state != AssignmentState.PLANNED)
        .order_by(Assignment.id)
    )
    wanted = None if only is None else set(only)
    return [(*row,) for row in db.session.execute(statement) if wanted is None or row[0] in wanted]
