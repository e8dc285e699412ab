"""The editor of a side event's own questions, mounted below its page for organisers."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...domain.side_event_questions import begin_questions
from ...models import Forum, SideEvent
from ...queries.side_events import side_event_of
from ..loading import load_organised_forum

own_questions = Blueprint(
    "forum_side_event_questions", __name__, url_prefix="/forums/<forum>/manage/side-events/<slug>"
)
load_organised_forum(own_questions)


@own_questions.post("/questionnaire/begin")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def questionnaire_begin(forum: Forum, slug: str) -> ResponseReturnValue:
    """Begin own questions, then show them."""
    begin_questions(_side_event(forum, slug), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".questionnaire", forum=forum, slug=slug))


def _owner(forum: Forum, slug: str) -> Owner:
    found = _side_event(forum, slug)
    context: dict[str, Any] = {"forum": forum, "section": "manage", "tab": "side-events", "zone": forum.time_zone}
    return Owner(
        found.questionnaire or abort(404),
        url_args={"forum": forum, "slug": slug},
        context=context,
        breadcrumb=[(found.title, url_for("forum_manage.side_event", forum=forum, slug=slug))],
    )


def _side_event(forum: Forum, slug: str) -> SideEvent:
    found: SideEvent = db.one_or_404(side_event_of(forum, slug))
    return found


mount_editor(own_questions, permission=Permission.FORUM_SIDE_EVENTS_EDIT, load=_owner)
