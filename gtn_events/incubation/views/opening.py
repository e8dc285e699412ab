"""Opening a call, from nothing or from an earlier one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..defaults import DECLARATION
from ..domain.opening import clone_call, open_call
from ..forms.call import CallForm, CloneForm
from ..models import Call
from .loading import load_call

blueprint = Blueprint("incubation_opening", __name__, url_prefix="/co-incubation")
load_call(blueprint)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CALL_CREATE)
def new() -> ResponseReturnValue:
    """Show the form for a new call, or open it as a draft."""
    usual = {"time_zone": current_account().time_zone, "declaration": DECLARATION}
    form = CallForm(data=None if request.method == "POST" else usual)
    if asks_for_preview() or not form.validate_on_submit():
        return _new_page(form)
    try:
        call = open_call(form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(form)
    flash(_("%(title)s is a draft now. Look at its criteria, then publish it.", title=call.title), "success")
    return redirect(url_for("incubation_manage.overview", call=call))


@blueprint.route("/<call>/clone", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def clone(call: Call) -> ResponseReturnValue:
    """Ask what the next call is named and when it opens, or make it as a draft."""
    form = CloneForm(data=None if request.method == "POST" else {"title": call.title})
    if not form.validate_on_submit():
        return _clone_page(call, form)
    try:
        copy = clone_call(call, form.following(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _clone_page(call, form)
    flash(_("%(title)s is a draft now. Look through its settings, then publish it.", title=copy.title), "success")
    return redirect(url_for("incubation_manage.settings", call=copy))


def _new_page(form: CallForm) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return render_template("incubation/manage/new.html", form=form, preview=asks_for_preview()), status


def _clone_page(call: Call, form: CloneForm) -> ResponseReturnValue:
    page = render_template("incubation/manage/clone.html", call=call, form=form)
    return page, 422 if form.errors else 200
