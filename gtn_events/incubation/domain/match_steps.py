"""What is still missing before a match: what stops it, and what would be left out if it were made now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from gtn_events.core.db import db

from ..enums import ApplicationState, BlockState
from ..models import Application, Block, Call, Intake
from .match_runs import hosts_without_ranking, match_gaps


class Step(StrEnum):
    """One thing that a good match waits for; the page has its words."""

    CLOSED = "closed"
    DECIDED = "decided"
    CONFLICTS = "conflicts"
    RANKED = "ranked"


@dataclass(frozen=True)
class StepState:
    """How far a step is: ``left`` of it are open, with the hosts that have not ranked."""

    step: Step
    left: int
    hosts: tuple[Intake, ...] = ()

    @property
    def done(self) -> bool:
        """True when nothing of it is open."""
        return not self.left


@dataclass(frozen=True)
class Readiness:
    """``gaps`` stop a match, in sentences; the steps do not, they say who would be left out."""

    gaps: list[str]
    steps: list[StepState]


def readiness_of(call: Call, *, now: datetime) -> Readiness:
    """Return what stands before a match of a call."""
    unranked = tuple(hosts_without_ranking(call))
    undecided = select(func.count()).where(
        Application.call_id == call.id, Application.state == ApplicationState.SUBMITTED
    )
    proposed = (
        select(func.count())
        .select_from(Block)
        .join(Intake, Intake.id == Block.intake_id)
        .where(Intake.call_id == call.id, Block.state == BlockState.PROPOSED)
    )
    steps = [
        StepState(Step.CLOSED, int(now < call.ranking_until)),
        StepState(Step.DECIDED, db.session.scalar(undecided) or 0),
        StepState(Step.CONFLICTS, db.session.scalar(proposed) or 0),
        StepState(Step.RANKED, len(unranked), unranked),
    ]
    return Readiness(match_gaps(call, now=now), steps)
