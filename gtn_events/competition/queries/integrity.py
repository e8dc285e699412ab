"""What the integrity officer looks at: a judge's scorecards, and those that shall not count."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import AssignmentState
from ..models import Assignment, Judge, Round, Scorecard


def cards_of_judge(round_: Round, number: int) -> list[Scorecard]:
    """Return the newest scorecards of one judge in the order of submission, excluded ones as well."""
    return list(db.session.scalars(_cards(round_).where(Judge.number == number)))


def cards_asked_about(round_: Round) -> list[Scorecard]:
    """Return the scorecards whose exclusion was asked for or done."""
    return list(db.session.scalars(_cards(round_).where(Scorecard.excluded_by_id.is_not(None))))


def card_of(round_: Round, position: int) -> Scorecard | None:
    """Return one scorecard that stands, by its place in the chain."""
    card: Scorecard | None = db.session.scalar(_cards(round_).where(Scorecard.position == position))
    return card


def _cards(round_: Round) -> Select[Scorecard]:
    seat = joinedload(Scorecard.assignment).options(joinedload(Assignment.entry), joinedload(Assignment.judge))
    return (
        select(Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(
            Scorecard.round_id == round_.id,
            Scorecard.superseded.is_(False),
            Assignment.state == AssignmentState.SUBMITTED,
        )
        .options(seat)
        .order_by(Scorecard.position)
    )
