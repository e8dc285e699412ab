"""The figures of the judging report."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, pvariance

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import AssignmentState, Standing
from ..models import Assignment, Entry, Judge, RankingRow, ResultVersion, Round, RoundEntry

MOST_DECISIONS = 200


@dataclass(frozen=True)
class PanelFigures:
    """Seats of a round: how many judges of how many economies, and what became of the seats."""

    judges: int
    economies: int
    submitted: int
    recused: int
    unfinished: int


@dataclass(frozen=True)
class Reliability:
    """How much of the scatter of totals is not error (0 to 1), and the usual standard error of a total."""

    share: float | None
    standard_error: float | None


@dataclass(frozen=True)
class Decision:
    """How a ranked entry left its round, as ``RoundEntry`` and its row of the ranking have it."""

    rank: int
    title: str
    organisation: str
    economy: str
    total: Decimal
    decided_by: str
    standing: Standing
    reason: str
    number: int
    detail: str
    departure: str


def panel_figures(round_: Round) -> PanelFigures:
    """Return the figures of a round's panels."""
    states = select(Assignment.state, func.count()).where(Assignment.round_id == round_.id).group_by(Assignment.state)
    counts = dict.fromkeys(AssignmentState, 0)
    for state, count in db.session.execute(states):
        counts[state] = count
    judges, economies = db.session.execute(
        select(func.count(Judge.id.distinct()), func.count(Judge.economy_code.distinct()))
        .join(Assignment, Assignment.judge_id == Judge.id)
        .where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.SUBMITTED)
    ).one()
    unfinished = counts[AssignmentState.RELEASED] + counts[AssignmentState.STARTED]
    return PanelFigures(
        judges, economies, counts[AssignmentState.SUBMITTED], counts[AssignmentState.RECUSED], unfinished
    )


def reliability_of(version: ResultVersion) -> Reliability:
    """Return one minus the mean error variance over the variance of the totals; nothing without standard errors."""
    statement = select(RankingRow.total, RankingRow.standard_error).where(RankingRow.result_id == version.id)
    rows = [(float(total), float(error)) for total, error in db.session.execute(statement) if error is not None]
    if len(rows) < 2:
        return Reliability(None, None)
    errors, spread = fmean(error**2 for _total, error in rows), pvariance([total for total, _error in rows])
    return Reliability(max(1 - errors / spread, 0.0) if spread else None, errors**0.5)


def decisions_of(round_: Round, version: ResultVersion) -> list[Decision]:
    """Return the entries of a decided round with what was decided on each, best first; of many only the first."""
    statement = (
        select(RankingRow.rank, Entry, RankingRow.total, RankingRow.decided_by, RoundEntry)
        .join(Entry, Entry.id == RankingRow.entry_id)
        .join(RoundEntry, (RoundEntry.entry_id == Entry.id) & (RoundEntry.round_id == round_.id))
        .where(RankingRow.result_id == version.id, RoundEntry.standing != Standing.IN)
        .options(joinedload(Entry.economy))
        .order_by(RankingRow.rank)
        .limit(MOST_DECISIONS)
    )
    return [
        Decision(
            rank,
            entry.title,
            entry.organisation_name,
            entry.economy.short_name,
            total,
            decided_by,
            row.standing,
            row.reason,
            row.reason_number,
            row.reason_detail,
            row.departure,
        )
        for rank, entry, total, decided_by, row in db.session.execute(statement)
    ]
