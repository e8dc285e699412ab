"""Asking an applicant for a talk, calling it off, writing down what came of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...calendar import interview_calendar
from ...domain.interviews import ask_for_interview, cancel_interview, hold_interview
from ...forms.reason import reason_in
from ...forms.review import InterviewForm
from ...models import Application, Call, Host, Intake, Interview
from .blueprint import blueprint
from .desk import own_intake, seen_application


@blueprint.route("/calls/<call>/applications/<reference>/interview", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def interview(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Show the form for times, or propose them."""
    intake = own_intake(host, call)
    found, form = seen_application(intake, reference), InterviewForm(host.time_zone)
    if not form.validate_on_submit():
        return _form_page(intake, found, form)
    try:
        ask_for_interview(
            intake,
            found,
            form.starts,
            minutes=int(form.minutes.data),
            meeting_url=form.meeting_url.data or "",
            message=form.message.data or "",
            actor=current_account(),
            now=clock.now(),
        )
    except DomainError as refused:
        db.session.rollback()
        form.refuse(DomainError(refused.message, field="slot_1" if refused.field == "slots" else refused.field))
        return _form_page(intake, found, form)
    db.session.commit()
    flash(_("The applicant gets a mail with your times, on their clock and on yours."), "success")
    return redirect(url_for(".application", host=host, call=call, reference=reference) + "#talks")


@blueprint.post("/calls/<call>/applications/<reference>/interview/<int:interview_id>/cancel")
@requires(Permission.HOST_MANAGE)
def interview_cancel(host: Host, call: Call, reference: str, interview_id: int) -> ResponseReturnValue:
    """Call a talk off, with a reason that the applicant reads."""
    talk = _talk(own_intake(host, call), reference, interview_id)
    cancel_interview(talk, reason=reason_in(request.form.get("reason")), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The talk is called off; both sides get a mail."), "success")
    return redirect(url_for(".application", host=host, call=call, reference=reference) + "#talks")


@blueprint.post("/calls/<call>/applications/<reference>/interview/<int:interview_id>/outcome")
@requires(Permission.HOST_MANAGE)
def interview_outcome(host: Host, call: Call, reference: str, interview_id: int) -> ResponseReturnValue:
    """Write down what came of a talk."""
    talk = _talk(own_intake(host, call), reference, interview_id)
    hold_interview(talk, outcome=reason_in(request.form.get("outcome")), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("What came of the talk is kept for the people of your house."), "success")
    return redirect(url_for(".application", host=host, call=call, reference=reference) + "#talks")


@blueprint.get("/calls/<call>/applications/<reference>/interview/<int:interview_id>.ics")
@requires(Permission.HOST_MANAGE)
def interview_file(host: Host, call: Call, reference: str, interview_id: int) -> ResponseReturnValue:
    """Hand out the calendar file of a talk."""
    return send_attachment(interview_calendar(_talk(own_intake(host, call), reference, interview_id)))


def _talk(intake: Intake, reference: str, interview_id: int) -> Interview:
    found = seen_application(intake, reference)
    statement = select(Interview).where(
        Interview.id == interview_id, Interview.intake_id == intake.id, Interview.application_id == found.id
    )
    talk: Interview = db.one_or_404(statement)
    return talk


def _form_page(intake: Intake, found: Application, form: InterviewForm) -> ResponseReturnValue:
    page = render_template(
        "incubation/host/interview.html",
        host=intake.host,
        call=intake.call,
        application=found,
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200
