"""What the host gives: sessions with mentors and other services, with sums."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.service_hours import note_service, remove_service, sums_of
from ...enums import PlacementState, Viewer
from ...forms.placement import ServiceForm
from ...models import Call, ServiceHours
from ...queries.placements import services_of
from .blueprint import blueprint
from .desk import READERS, Desk, desk_for, page


@blueprint.route("/services", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def services(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show what was given, or note what was given on a day."""
    desk = desk_for(call, placement_id)
    desk.require(READERS)
    form = ServiceForm(data={"given_on": desk.today, "person": desk.placement.intake.mentor})
    if request.method == "POST":
        desk.require([Viewer.HOST])
    if not form.validate_on_submit():
        return _page(desk, form), 422 if form.errors else 200
    try:
        note_service(
            desk.placement,
            given_on=form.given_on.data,
            service=form.service.data,
            quantity=form.quantity.data,
            person=form.person.data or "",
            note=form.note.data or "",
            nonce=form.sent_as,
            actor=desk.account,
            now=desk.now,
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(desk, form), 422
    flash(_("It is noted."), "success")
    return redirect(url_for(".services", call=call, placement_id=placement_id))


@blueprint.post("/services/<int:row_id>/remove")
@requires(Permission.SIGNED_IN)
def service_remove(call: Call, placement_id: int, row_id: int) -> ResponseReturnValue:
    """Take a line back that was noted by mistake."""
    desk = desk_for(call, placement_id)
    desk.require([Viewer.HOST])
    rows = services_of(desk.placement)
    row: ServiceHours = next((each for each in rows if each.id == row_id), None) or abort(404)
    remove_service(row, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The line is taken back."), "success")
    return redirect(url_for(".services", call=call, placement_id=placement_id))


def _page(desk: Desk, form: ServiceForm) -> str:
    rows = services_of(desk.placement)
    may_note = Viewer.HOST in desk.viewers and desk.placement.state is PlacementState.RUNNING
    return page(desk, "services", form=form, rows=rows, sums=sums_of(rows), may_note=may_note)
