"""Milestones: the list, each with how it goes, its evidence and its sign-off."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import send_upload

from ...domain import milestones as domain
from ...domain.placement_tasks import light_of
from ...enums import Light, PlacementState, Viewer
from ...forms.placement import DoneForm, LightForm, MilestoneForm
from ...forms.reason import reason_in
from ...models import Call, Milestone
from .blueprint import blueprint
from .desk import PAIR, READERS, STAFF, Desk, desk_for, page

LIVE = (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING)


@blueprint.route("/milestones", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def milestones(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show all milestones, or add one."""
    desk, form = _desk(call, placement_id), MilestoneForm()
    if request.method == "POST":
        desk.require(PAIR)
    if not form.validate_on_submit():
        return _list(desk, form), 422 if form.errors else 200
    values = {"title": form.title.data, "due_on": form.due_on.data, "measure": form.measure.data or ""}
    domain.add_milestone(desk.placement, **values, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The milestone is added."), "success")
    return redirect(url_for(".milestones", call=call, placement_id=placement_id))


@blueprint.get("/milestones/<int:milestone_id>")
@requires(Permission.SIGNED_IN)
def milestone(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Show one milestone with what each side can do with it."""
    desk = _desk(call, placement_id)
    return _page(desk, _milestone(desk, milestone_id))


@blueprint.post("/milestones/<int:milestone_id>/change")
@requires(Permission.SIGNED_IN)
def milestone_change(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Say anew what is to be reached, and until when."""
    desk, form = _desk(call, placement_id), MilestoneForm()
    desk.require(PAIR)
    found = _milestone(desk, milestone_id)
    if not form.validate():
        return _page(desk, found, change=form), 422
    values = {"title": form.title.data, "due_on": form.due_on.data, "measure": form.measure.data or ""}
    domain.change_milestone(found, **values, actor=desk.account, now=desk.now)
    return _done(desk, found, _("The milestone is changed."))


@blueprint.post("/milestones/<int:milestone_id>/light")
@requires(Permission.SIGNED_IN)
def milestone_light(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Say how it goes."""
    desk, form = _desk(call, placement_id), LightForm()
    desk.require(PAIR)
    found = _milestone(desk, milestone_id)
    if not form.validate():
        return _page(desk, found, light=form), 422
    try:
        domain.set_light(found, Light(form.light.data), note=form.note.data or "", actor=desk.account, now=desk.now)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(desk, found, light=form), 422
    return _done(desk, found, _("It is noted how the milestone goes."))


@blueprint.post("/milestones/<int:milestone_id>/done")
@requires(Permission.SIGNED_IN)
def milestone_done(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Say that it is reached, with evidence."""
    desk, form = _desk(call, placement_id), DoneForm()
    desk.require([Viewer.FIRM])
    found = _milestone(desk, milestone_id)
    if not form.validate():
        return _page(desk, found, done=form), 422
    file = form.file.data if form.file.data is not None and form.file.data.filename else None
    try:
        domain.report_done(found, evidence=form.evidence.data or "", file=file, actor=desk.account, now=desk.now)
    except UploadRefused as refusal:
        db.session.rollback()
        form.file.errors = [refusal.message]
        return _page(desk, found, done=form), 422
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(desk, found, done=form), 422
    return _done(desk, found, _("The host is asked to sign the milestone off."))


@blueprint.post("/milestones/<int:milestone_id>/answer")
@requires(Permission.SIGNED_IN)
def milestone_answer(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Sign it off, or send it back with what is missing."""
    desk = _desk(call, placement_id)
    desk.require([Viewer.HOST])
    found = _milestone(desk, milestone_id)
    if request.form.get("act") == "send-back":
        reason = reason_in(request.form.get("reason"))
        domain.send_back(found, reason=reason, actor=desk.account, now=desk.now)
        return _done(desk, found, _("The firm is told what is missing."))
    domain.sign_off(found, actor=desk.account, now=desk.now)
    return _done(desk, found, _("The milestone is signed off."))


@blueprint.post("/milestones/<int:milestone_id>/drop")
@requires(Permission.SIGNED_IN)
def milestone_drop(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Give it up with a reason."""
    desk = _desk(call, placement_id)
    desk.require(STAFF)
    found = _milestone(desk, milestone_id)
    domain.drop_milestone(found, reason=reason_in(request.form.get("reason")), actor=desk.account, now=desk.now)
    return _done(desk, found, _("The milestone is given up."))


@blueprint.get("/milestones/<int:milestone_id>/file")
@requires(Permission.SIGNED_IN)
def milestone_file(call: Call, placement_id: int, milestone_id: int) -> ResponseReturnValue:
    """Hand out the evidence."""
    found = _milestone(_desk(call, placement_id), milestone_id)
    return send_upload(found.upload or abort(404))


def _desk(call: Call, placement_id: int) -> Desk:
    desk = desk_for(call, placement_id)
    desk.require(READERS)
    return desk


def _milestone(desk: Desk, milestone_id: int) -> Milestone:
    return next((each for each in desk.placement.milestones if each.id == milestone_id), None) or abort(404)


def _done(desk: Desk, found: Milestone, told: str) -> ResponseReturnValue:
    db.session.commit()
    flash(told, "success")
    call = desk.placement.application.call
    return redirect(url_for(".milestone", call=call, placement_id=desk.placement.id, milestone_id=found.id))


def _list(desk: Desk, form: MilestoneForm) -> str:
    light = light_of(desk.placement, today=desk.today)
    may_add = desk.is_one_of(PAIR) and desk.placement.state in LIVE
    return page(desk, "milestones", form=form, light=light, may_add=may_add)


def _page(
    desk: Desk,
    found: Milestone,
    *,
    change: MilestoneForm | None = None,
    light: LightForm | None = None,
    done: DoneForm | None = None,
) -> str:
    return page(
        desk,
        "milestone",
        milestone=found,
        change=change or MilestoneForm(obj=found, formdata=None),
        light=light or LightForm(data={"light": found.light.value, "note": found.note}, formdata=None),
        done=done or DoneForm(obj=found, formdata=None),
        live=desk.placement.state in LIVE,
        is_pair=desk.is_one_of(PAIR),
        is_staff=desk.is_one_of(STAFF),
    )
