"""For which forums economies send delegations."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum


def forums_ahead(*, now: datetime) -> list[Forum]:
    """Return the published forums that are not over, the next first."""
    statement = select(Forum).where(Forum.state == ForumState.PUBLISHED, Forum.ends_on >= now.date())
    return list(db.session.scalars(statement.order_by(Forum.starts_on, Forum.id)))
