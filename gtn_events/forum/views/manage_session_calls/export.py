"""What was proposed as CSV or xlsx, written to the journal."""

from flask import request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires

from ...models import Forum
from ...queries.session_calls import sent_sessions
from ...queries.session_export import session_headers, session_questions, session_rows_of
from ...session_standings import standings
from .blueprint import blueprint, own_call


@blueprint.post("/<int:session_call_id>/export")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def export(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Send every proposal of a call as a file, with answers that are not sensitive."""
    call = own_call(forum, session_call_id)
    found = standings(sent_sessions(call), reader=current_account())
    questions = session_questions(call)
    headers, rows = session_headers(questions), list(session_rows_of(call, found, questions))
    changes = {"rows": (None, len(rows))}
    record("list exported", call, actor=current_account(), now=clock.now(), scope=forum.scope, changes=changes)
    db.session.commit()
    name = f"{forum.slug}-sessions-{call.id}"
    if request.form.get("format") == "xlsx":
        return xlsx_response(f"{name}.xlsx", headers, rows)
    return csv_response(f"{name}.csv", headers, rows)
