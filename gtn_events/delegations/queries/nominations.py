"""The nominations of one economy for one forum; every select here is narrowed to both."""

from sqlalchemy import ColumnElement, Select, and_, case, nulls_last, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.forum.enums import DelegationFunction
from gtn_events.forum.models import Substitution

from ..enums import NominationState
from ..models import Delegation, Nomination

_FUNCTION = case({each: place for place, each in enumerate(DelegationFunction)}, value=Nomination.function)


def of_delegation(delegation: Delegation) -> ColumnElement[bool]:
    """Return the condition that a nomination is one of this economy's for this forum."""
    return and_(Nomination.forum_id == delegation.forum.id, Nomination.economy_code == delegation.code)


def nominations_of(delegation: Delegation) -> list[Nomination]:
    """Return the economy's nominations: open ones first, in protocol order, reserves after the others."""
    is_over = Nomination.state.not_in([state for state in NominationState if state.is_open])
    statement = (
        select(Nomination)
        .where(of_delegation(delegation))
        .options(joinedload(Nomination.category), joinedload(Nomination.substitution).joinedload(Substitution.leaves))
        .order_by(
            is_over,
            Nomination.reserve,
            _FUNCTION,
            nulls_last(Nomination.rank),
            Nomination.family_name,
            Nomination.id,
        )
    )
    return list(db.session.scalars(statement))


def nomination_of(delegation: Delegation, nomination_id: int) -> Select[Nomination]:
    """Select one nomination of this economy for this forum."""
    return select(Nomination).where(of_delegation(delegation), Nomination.id == nomination_id)
