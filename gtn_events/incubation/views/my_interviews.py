"""The applicant's answers to hosts that ask for a talk."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.permissions import Permission, requires

from ..calendar import interview_calendar
from ..domain.interview_transitions import Side, acts_for
from ..domain.interviews import decline_interview, pick_slot
from ..forms.reason import reason_in
from ..models import Call, Interview
from ..queries.applicant import interview_of
from .my import blueprint


@blueprint.get("/interviews/<int:interview_id>")
@requires(Permission.SIGNED_IN)
def interview(call: Call, interview_id: int) -> ResponseReturnValue:
    """Show the times that a host proposes, on both clocks."""
    talk = _own_talk(call, interview_id)
    return render_template(
        "incubation/my/interview.html",
        call=call,
        interview=talk,
        acts=acts_for(talk.state, Side.APPLICANT),
        now=clock.now(),
    )


@blueprint.post("/interviews/<int:interview_id>")
@requires(Permission.SIGNED_IN)
def interview_answer(call: Call, interview_id: int) -> ResponseReturnValue:
    """Pick a time, or decline."""
    talk, actor, now = _own_talk(call, interview_id), current_account(), clock.now()
    if request.form.get("act") == "decline":
        decline_interview(talk, reason=reason_in(request.form.get("reason")), actor=actor, now=now)
        told = _("The host is told that you do not come to this talk.")
    else:
        pick_slot(talk, request.form.get("slot", 0, type=int), actor=actor, now=now)
        told = _("The time is agreed. Both sides get a mail with a calendar file.")
    db.session.commit()
    flash(told, "success")
    return redirect(url_for(".interview", call=call, interview_id=interview_id))


@blueprint.get("/interviews/<int:interview_id>.ics")
@requires(Permission.SIGNED_IN)
def interview_file(call: Call, interview_id: int) -> ResponseReturnValue:
    """Hand out the calendar file of an agreed talk."""
    talk = _own_talk(call, interview_id)
    return send_attachment(interview_calendar(talk if talk.starts_at else abort(404)))


def _own_talk(call: Call, interview_id: int) -> Interview:
    statement = interview_of(interview_id, call_id=call.id, account_id=current_account().id)
    return db.session.scalar(statement) or abort(404)
