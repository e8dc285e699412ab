"""The blueprint of the organiser's pages; each module beside this one adds its views."""

from flask import Blueprint, request
from sqlalchemy import func, select

from gtn_events.core.db import db

from ...enums import RegistrationState
from ...models import Forum, Registration
from ..loading import load_forum

blueprint = Blueprint("forum_manage", __name__, url_prefix="/forums/<forum>/manage")
load_forum(blueprint)


@blueprint.context_processor
def _tab_counts() -> dict[str, dict[str, int]]:
    """Give the tab row how many registrations wait for a decision."""
    forum = (request.view_args or {}).get("forum")
    if not isinstance(forum, Forum):
        return {}
    waiting = select(func.count()).where(
        Registration.forum_id == forum.id, Registration.state == RegistrationState.PENDING
    )
    return {"tab_counts": {"registrations": db.session.scalar(waiting) or 0}}
