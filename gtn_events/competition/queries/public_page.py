"""What everybody may read: the published competitions, and what judges will look at."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..enums import CompetitionState
from ..models import Competition, Criterion, Round, Rubric


def published_competitions() -> list[Competition]:
    """Return the competitions that everybody may see, the latest close first, with their hosts."""
    statement = (
        select(Competition)
        .where(Competition.state != CompetitionState.DRAFT)
        .options(joinedload(Competition.host_economy))
        .order_by(Competition.entries_close_at.desc(), Competition.id.desc())
    )
    return list(db.session.scalars(statement))


def rounds_with_criteria(competition: Competition) -> list[Round]:
    """Return the rounds in order, each with the criteria of its rubrics and the levels of their scales."""
    statement = (
        select(Round)
        .where(Round.competition_id == competition.id)
        .options(
            selectinload(Round.rubrics).selectinload(Rubric.criteria).selectinload(Criterion.levels),
        )
        .order_by(Round.number)
    )
    return list(db.session.scalars(statement))


def first_round(competition: Competition) -> Round | None:
    """Return the first round, which says what judges see of an entry; None before there is one."""
    statement = select(Round).where(Round.competition_id == competition.id).order_by(Round.number).limit(1)
    found: Round | None = db.session.scalar(statement)
    return found
