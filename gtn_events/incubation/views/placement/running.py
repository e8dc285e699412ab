"""What happens to a placement: stays, arrival, leaving, completion with its certificate, early end, cancelling."""

from collections.abc import Callable
from datetime import date

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.pdf import MissingGlyphs
from gtn_events.core.permissions import Permission, requires

from ...domain.placement_certificate import issue_for
from ...domain.placement_transitions import Action, actions_for
from ...domain.placements import (
    cancel_placement,
    complete_placement,
    end_early,
    note_arrival,
    note_leaving,
    plan_stays,
    start_placement,
)
from ...enums import PlacementState, Viewer
from ...forms.placement import DayForm, EndForm, stays_form
from ...forms.reason import reason_in
from ...models import Call, Stay
from .blueprint import blueprint
from .desk import STAFF, Desk, desk_for, page


@blueprint.route("/stays", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def stays(call: Call, placement_id: int) -> ResponseReturnValue:
    """Plan one stay or several, or let the last one end later."""
    desk = desk_for(call, placement_id)
    preparing = desk.placement.state is PlacementState.PREPARING
    desk.require((*STAFF, Viewer.FIRM) if preparing else STAFF)
    form = stays_form(desk.placement.stays)
    if request.method == "GET":
        form.show(desk.placement)
    if not form.validate_on_submit():
        return page(desk, "stays", form=form), 422 if form.errors else 200
    try:
        plan_stays(desk.placement, form.days, seen=form.version, actor=desk.account, now=desk.now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_over(refusal, desk.placement)
        return page(desk, "stays", form=form), 422
    flash(_("The stays are saved."), "success")
    return _back(desk)


@blueprint.post("/start")
@requires(Permission.SIGNED_IN)
def start(call: Call, placement_id: int) -> ResponseReturnValue:
    """Note that the firm has arrived."""
    desk = desk_for(call, placement_id)
    desk.require(STAFF)
    start_placement(desk.placement, on=_day(), side=desk.side, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The placement has begun."), "success")
    return _back(desk)


@blueprint.post("/stays/<int:stay_id>/arrival")
@requires(Permission.SIGNED_IN)
def arrival(call: Call, placement_id: int, stay_id: int) -> ResponseReturnValue:
    """Note the arrival for a later stay."""
    return _note(call, placement_id, stay_id, note_arrival)


@blueprint.post("/stays/<int:stay_id>/leaving")
@requires(Permission.SIGNED_IN)
def leaving(call: Call, placement_id: int, stay_id: int) -> ResponseReturnValue:
    """Note that a stay is over while another follows."""
    return _note(call, placement_id, stay_id, note_leaving)


@blueprint.post("/complete")
@requires(Permission.SIGNED_IN)
def complete(call: Call, placement_id: int) -> ResponseReturnValue:
    """Complete the placement and issue its certificate."""
    desk = desk_for(call, placement_id)
    desk.require(STAFF)
    complete_placement(desk.placement, on=_day(), side=desk.side, actor=desk.account, now=desk.now)
    db.session.commit()
    return _issue(desk, told=_("The placement is completed, and its certificate is issued."))


@blueprint.post("/certificate")
@requires(Permission.SIGNED_IN)
def certificate(call: Call, placement_id: int) -> ResponseReturnValue:
    """Issue the certificate of a completed placement again, after one was revoked or could not be printed."""
    desk = desk_for(call, placement_id)
    desk.require(STAFF)
    return _issue(desk, told=_("The certificate is issued."))


@blueprint.route("/end", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def end(call: Call, placement_id: int) -> ResponseReturnValue:
    """Ask before a placement ends before its time, then end it."""
    desk = desk_for(call, placement_id)
    if Action.END_EARLY not in actions_for(desk.placement.state, desk.side):
        return _back(desk)
    form = EndForm(data={"on": desk.today})
    if not form.validate_on_submit():
        return page(desk, "end", form=form), 422 if form.errors else 200
    try:
        end_early(
            desk.placement, on=form.on.data, reason=form.reason.data, side=desk.side, actor=desk.account, now=desk.now
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return page(desk, "end", form=form), 422
    flash(_("The placement has ended. Both sides are asked for a final report."), "success")
    return _back(desk)


@blueprint.post("/cancel")
@requires(Permission.SIGNED_IN)
def cancel(call: Call, placement_id: int) -> ResponseReturnValue:
    """Cancel a placement that has not begun; its place is free again."""
    desk = desk_for(call, placement_id)
    desk.require([Viewer.ORGANISER])
    cancel_placement(desk.placement, reason=reason_in(request.form.get("reason")), actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The placement is cancelled, and the place is free again."), "success")
    return _back(desk)


def _note(call: Call, placement_id: int, stay_id: int, note: Callable[..., None]) -> ResponseReturnValue:
    desk = desk_for(call, placement_id)
    desk.require(STAFF)
    stay: Stay = next((each for each in desk.placement.stays if each.id == stay_id), None) or abort(404)
    note(stay, on=_day(), actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The day is noted."), "success")
    return _back(desk)


def _issue(desk: Desk, *, told: str) -> ResponseReturnValue:
    try:
        issue_for(desk.placement, secret_key=current_app.config["SECRET_KEY"], actor=desk.account, now=desk.now)
        db.session.commit()
    except MissingGlyphs as missing:
        # What was done stands; only the paper waits for a name that can be printed.
        db.session.rollback()
        flash(_("The certificate could not be issued yet: %(why)s", why=missing.message), "danger")
        return _back(desk)
    flash(told, "success")
    return _back(desk)


def _day() -> date:
    form = DayForm()
    form.validate()
    day: date | None = form.on.data
    return day if day is not None and not form.on.errors else abort(400)


def _back(desk: Desk) -> ResponseReturnValue:
    return redirect(url_for(".overview", call=desk.placement.application.call, placement_id=desk.placement.id))
