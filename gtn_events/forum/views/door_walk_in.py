"""Somebody at the door without a registration: a short form, then they are in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.walk_ins import register_walk_in
from ..forms.walk_in import WalkInForm
from ..models import Checkpoint, Forum
from .check_in import blueprint, door_of, station_at


@blueprint.route("/at/<at>/walk-in", methods=["GET", "POST"])
@requires(Permission.FORUM_WALK_IN)
def walk_in(forum: Forum, at: str) -> ResponseReturnValue:
    """Show the form, or register, confirm and check somebody in."""
    door = door_of(forum, at)
    form = WalkInForm(forum)
    if not form.validate_on_submit():
        return _form_page(forum, door, form)
    try:
        registration, outcome = register_walk_in(
            door, form.details(), station=station_at(door), actor=current_account(), now=clock.now()
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, door, form)
    said = {"name": registration.delegate_name, "number": registration.reference, "door": door.label}
    if outcome.passes:
        flash(_("%(name)s is registered as %(number)s and checked in.", **said), "success")
    else:
        flash(_("%(name)s is registered as %(number)s; %(door)s is not for this person.", **said), "warning")
    return redirect(url_for(".station", forum=forum, at=at))


def _form_page(forum: Forum, door: Checkpoint, form: WalkInForm) -> ResponseReturnValue:
    page = render_template("forum/check_in/walk_in.html", forum=forum, door=door, form=form)
    return page, 422 if form.errors else 200
