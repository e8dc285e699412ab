"""How far a round is: by judge, by entry with its panel, and the seats that were given up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from gtn_events.core.db import db

from ..enums import AssignmentState
from ..models import Assignment, Competition, Entry, Judge, Round, RoundEntry, Scorecard
from .judging import LIVE_ENTRIES, SEEN_SEATS

_SUMS = tuple(
    func.coalesce(func.sum(case((Assignment.state == state, 1), else_=0)), 0)
    for state in (AssignmentState.SUBMITTED, AssignmentState.STARTED, AssignmentState.RELEASED)
)
SHOWN_SEATS = (*SEEN_SEATS, AssignmentState.PLANNED)


@dataclass(frozen=True)
class Counts:
    """Seats of a judge, an entry or a round by what is done; PLANNED ones are not released yet."""

    submitted: int
    drafts: int
    to_do: int

    @property
    def total(self) -> int:
        """All released seats."""
        return self.submitted + self.drafts + self.to_do

    @property
    def left(self) -> int:
        """Released seats without a scorecard."""
        return self.drafts + self.to_do


@dataclass(frozen=True)
class JudgeProgress:
    """One judge; ``last_at`` is the newest submission."""

    judge: Judge
    counts: Counts
    last_at: datetime | None


@dataclass(frozen=True)
class PanelSeat:
    """One seat of an entry's panel."""

    judge_number: int
    judge_name: str
    state: AssignmentState


@dataclass(frozen=True)
class GivenUp:
    """A seat that a judge gave up for a conflict of interest; ``missing`` counts the entry's empty seats now."""

    entry: Entry
    judge: Judge
    reason: str
    at: datetime
    missing: int


def rounds_in_order(competition: Competition) -> list[Round]:
    """Return the competition's rounds, the first first."""
    return list(db.session.scalars(select(Round).where(Round.competition_id == competition.id).order_by(Round.number)))


def counts_of(round_: Round) -> Counts:
    """Return the counts of the whole round."""
    return Counts(*db.session.execute(_of_seats(select(*_SUMS), round_)).one())


def progress_by_judge(round_: Round) -> list[JudgeProgress]:
    """Return every judge with released seats, in the order of their numbers."""
    last_at = func.max(case((Assignment.state == AssignmentState.SUBMITTED, Assignment.state_changed_at)))
    statement = _of_seats(select(Judge, last_at, *_SUMS), round_).join(Judge, Judge.id == Assignment.judge_id)
    rows = db.session.execute(statement.group_by(Judge.id).order_by(Judge.number))
    return [JudgeProgress(judge, Counts(*sums), at) for judge, at, *sums in rows]


def entry_rows(round_: Round) -> Select[Any]:  # Any: as paginate takes it
    """Select each live entry of a round with how many scorecards it has and how many seats, for a page of a list."""
    statement: Select[Any] = select(Entry).add_columns(submitted_of(round_), _seat_count(round_))
    return statement.join(RoundEntry, RoundEntry.entry_id == Entry.id).where(
        RoundEntry.round_id == round_.id, Entry.state.in_(LIVE_ENTRIES)
    )


def short_of_judges(round_: Round) -> int:
    """Return how many live entries of a round have fewer judges than it asks for."""
    statement = (
        select(func.count())
        .select_from(Entry)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(
            RoundEntry.round_id == round_.id,
            Entry.state.in_(LIVE_ENTRIES),
            _seat_count(round_) < round_.judges_per_entry,
        )
    )
    return db.session.scalar(statement) or 0


def submitted_of(round_: Round) -> ColumnElement[int]:
    """Return the column that counts an entry's submitted scorecards in a round."""
    return _count(round_, (AssignmentState.SUBMITTED,))


def panels_of(round_: Round, entry_ids: Iterable[int]) -> dict[int, list[PanelSeat]]:
    """Return the panels of some entries, entry id to seats in the order of the judges' numbers; one query."""
    panels: dict[int, list[PanelSeat]] = {entry_id: [] for entry_id in entry_ids}
    statement = (
        select(Assignment.entry_id, Judge.number, Judge.name, Assignment.state)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.entry_id.in_(panels),
            Assignment.state.in_(SHOWN_SEATS),
        )
        .order_by(Judge.number)
    )
    for entry_id, number, name, state in db.session.execute(statement):
        panels[entry_id].append(PanelSeat(number, name, state))
    return panels


def given_up(round_: Round, *, limit: int = 50) -> list[GivenUp]:
    """Return the seats of live entries that were given up, the newest first."""
    statement = (
        select(Entry, Judge, Assignment.reason, Assignment.state_changed_at, _seat_count(round_))
        .select_from(Assignment)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state == AssignmentState.RECUSED,
            Entry.state.in_(LIVE_ENTRIES),
        )
        .order_by(Assignment.state_changed_at.desc(), Assignment.id.desc())
        .limit(limit)
    )
    return [
        GivenUp(entry, judge, reason, at, max(round_.judges_per_entry - seats, 0))
        for entry, judge, reason, at, seats in db.session.execute(statement)
    ]


def submitted_since(round_: Round, since: datetime) -> int:
    """Return how many scorecards came in for the first time since a moment."""
    statement = (
        select(func.count())
        .select_from(Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Scorecard.round_id == round_.id,
            Scorecard.number == 1,
            Scorecard.submitted_at > since,
            Entry.state.in_(LIVE_ENTRIES),
        )
    )
    return db.session.scalar(statement) or 0


def _of_seats(statement: Select[*tuple[Any, ...]], round_: Round) -> Select[*tuple[Any, ...]]:  # Any: any columns
    """Let a select read the released seats of a round."""
    return (
        statement.select_from(Assignment)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == round_.id, Assignment.state.in_(SEEN_SEATS), Entry.state.in_(LIVE_ENTRIES))
    )


def _seat_count(round_: Round) -> ColumnElement[int]:
    return _count(round_, SHOWN_SEATS)


def _count(round_: Round, states: Sequence[AssignmentState]) -> ColumnElement[int]:
    seat = aliased(Assignment)
    return (
        select(func.count())
        .where(seat.round_id == round_.id, seat.entry_id == Entry.id, seat.state.in_(states))
        .correlate(Entry)
        .scalar_subquery()
    )
