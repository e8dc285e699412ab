"""The editor of a call's own questions, mounted below its page."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...domain.session_calls.calls import begin_call_questions
from ...models import Forum
from ..loading import load_forum
from .blueprint import own_call

own_questions = Blueprint(
    "forum_session_call_questions", __name__, url_prefix="/forums/<forum>/manage/session-calls/<int:session_call_id>"
)
load_forum(own_questions)


@own_questions.post("/questionnaire/begin")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def questionnaire_begin(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Begin own questions, then show them."""
    begin_call_questions(own_call(forum, session_call_id), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".questionnaire", forum=forum, session_call_id=session_call_id))


def _owner(forum: Forum, session_call_id: int) -> Owner:
    call = own_call(forum, session_call_id)
    back = url_for("forum_session_calls_manage.call", forum=forum, session_call_id=session_call_id)
    return Owner(
        call.questionnaire or abort(404),
        url_args={"forum": forum, "session_call_id": session_call_id},
        context={"forum": forum, "section": "manage", "tab": "programme", "zone": forum.time_zone},
        breadcrumb=[(call.title, back)],
    )


mount_editor(own_questions, permission=Permission.FORUM_PROGRAMME_EDIT, load=_owner)
