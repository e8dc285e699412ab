"""The editor of a side event's own questions, mounted below its hosts' desk."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...domain.side_event_questions import begin_questions
from ...models import Forum
from .blueprint import HostedEvent, blueprint


@blueprint.post("/questionnaire/begin")
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def questionnaire_begin(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    """Begin own questions, then show them."""
    begin_questions(side_event.row, actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".questionnaire", forum=forum, side_event=side_event))


def _owner(side_event: HostedEvent, forum: Forum) -> Owner:
    return Owner(
        side_event.row.questionnaire or abort(404),
        url_args={"forum": forum, "side_event": side_event},
        context={"forum": forum, "section": "forum", "tab": "side-events", "zone": forum.time_zone},
        breadcrumb=[(side_event.row.title, url_for(".overview", forum=forum, side_event=side_event))],
    )


mount_editor(blueprint, permission=Permission.FORUM_SIDE_EVENT_HOST, load=_owner)
