"""The blueprint of those who answer a call for sessions and score; each module beside this one adds its views."""

from flask import Blueprint

from gtn_events.core.db import db

from ...models import Forum, SessionCall
from ...queries.session_calls import call_of
from ..loading import load_forum

blueprint = Blueprint("forum_session_calls", __name__, url_prefix="/forums/<forum>/call-for-sessions")
load_forum(blueprint)


def public_call(forum: Forum, call_id: int) -> SessionCall:
    """Return a call of the forum that everybody sees, or answer 404."""
    found: SessionCall = db.one_or_404(call_of(forum, call_id))
    return found
