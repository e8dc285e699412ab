"""The blueprint of the organiser's pages of calls; each module beside this one adds its views."""

from flask import Blueprint

from gtn_events.core.db import db

from ...models import Forum, SessionCall
from ...queries.session_calls import call_of
from ..loading import load_forum

blueprint = Blueprint("forum_session_calls_manage", __name__, url_prefix="/forums/<forum>/manage/session-calls")
load_forum(blueprint)


def own_call(forum: Forum, call_id: int) -> SessionCall:
    """Return a call of the forum, drafts too, or answer 404."""
    found: SessionCall = db.one_or_404(call_of(forum, call_id, also_drafts=True))
    return found
