"""Reads of forums, their staff and their checkpoints."""

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db

from ..models import Checkpoint, ConsentText, Forum, ForumCategory

STAFF_ROLES = (Role.ORGANISER, Role.HELPER, Role.CHECK_IN_STAFF, Role.TRAVEL_OFFICER)

_NEWEST_CONSENT = (
    select(ConsentText)
    .where(ConsentText.forum_id == bindparam("forum_id"))
    .order_by(ConsentText.number.desc())
    .limit(1)
)


def category_of(forum: Forum, category_id: int) -> Select[ForumCategory]:
    """Select one category of this forum, with its seats."""
    return (
        select(ForumCategory)
        .where(ForumCategory.forum_id == forum.id, ForumCategory.id == category_id)
        .options(joinedload(ForumCategory.pool))
    )


def categories_in_order(forum: Forum) -> list[ForumCategory]:
    """Return the forum's categories with their seats, as people see them."""
    statement = (
        select(ForumCategory)
        .where(ForumCategory.forum_id == forum.id)
        .options(joinedload(ForumCategory.pool))
        .order_by(ForumCategory.position, ForumCategory.id)
    )
    return list(db.session.scalars(statement))


def checkpoint_of(forum: Forum, key: str) -> Select[Checkpoint]:
    """Select one checkpoint of this forum by its key."""
    return select(Checkpoint).where(Checkpoint.forum_id == forum.id, Checkpoint.key == key)


def newest_consent_text(forum: Forum) -> ConsentText | None:
    """Return the consent text that people agree to now; None when the forum has none."""
    newest: ConsentText | None = db.session.scalar(_NEWEST_CONSENT, {"forum_id": forum.id})
    return newest


def consent_versions(forum: Forum) -> list[ConsentText]:
    """Return every version of the consent text, the newest first."""
    statement = select(ConsentText).where(ConsentText.forum_id == forum.id).order_by(ConsentText.number.desc())
    return list(db.session.scalars(statement))
