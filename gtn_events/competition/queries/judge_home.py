"""What a judge has before there is anything to do: competitions, and the round that comes next."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import AssignmentState, CompetitionState, JudgeState, RoundState
from ..models import Assignment, Competition, Judge, Round


@dataclass(frozen=True)
class Judged:
    """A competition that the person judges; ``seats`` are released to them in the next round, None after the last."""

    competition: Competition
    next_round: Round | None
    seats: int


def judged_by(account: Account) -> list[Judged]:
    """Return the published competitions that an account judges and whose results are not public, the next first."""
    statement = (
        select(Judge)
        .join(Competition, Competition.id == Judge.competition_id)
        .where(
            Judge.account_id == account.id,
            Judge.state == JudgeState.ACCEPTED,
            Competition.state == CompetitionState.PUBLISHED,
            Competition.results_published_at.is_(None),
        )
        .options(selectinload(Judge.competition).selectinload(Competition.rounds))
        .order_by(Competition.entries_close_at, Competition.id)
    )
    seats = _released_seats(account)
    return [_judged(judge.competition, seats) for judge in db.session.scalars(statement)]


def _judged(competition: Competition, seats: dict[int, int]) -> Judged:
    planned = next((each for each in competition.rounds if each.state is RoundState.PLANNED), None)
    return Judged(competition, planned, seats.get(planned.id, 0) if planned else 0)


def _released_seats(account: Account) -> dict[int, int]:
    statement = (
        select(Assignment.round_id, func.count().label("seats"))
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(Judge.account_id == account.id, Assignment.state == AssignmentState.RELEASED)
        .group_by(Assignment.round_id)
    )
    return {row.round_id: row.seats for row in db.session.execute(statement)}
