"""What the organisers of forums have to decide: one query for the tab row, the home page and the overview."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select

from gtn_events.accounts.queries.coordinators import coordinated_codes
from gtn_events.core.db import db

from ..enums import ApprovalStage, RegistrationState
from ..models import Forum, Registration

PENDING = Registration.state == RegistrationState.PENDING


@dataclass(frozen=True)
class ToDecide:
    """How many registrations of a forum wait; ``with_economy`` of the pending ones for their economy first."""

    forum: Forum
    pending: int
    with_economy: int
    approved: int


def to_decide(where: ColumnElement[bool], *, now: datetime) -> list[ToDecide]:
    """Return what waits at each forum of the condition that has something waiting."""
    with_economy = and_(
        PENDING,
        Registration.stage == ApprovalStage.ECONOMY,
        Registration.answer_due_at > now,
        Registration.economy_code.in_(coordinated_codes()),
    )
    approved = Registration.state == RegistrationState.APPROVED
    statement = (
        select(Forum, _count(PENDING), _count(with_economy), _count(approved))
        .join(Registration, Registration.forum_id == Forum.id)
        .where(where, PENDING | approved)
        .group_by(Forum.id)
        .order_by(Forum.starts_on, Forum.id)
    )
    return [ToDecide(*row) for row in db.session.execute(statement)]


def _count(where: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((where, 1)))
