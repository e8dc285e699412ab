"""The criteria of a call: edited together, previewed as a host sees them, locked by the first score."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.criteria import are_locked, check_criteria, save_criteria, specs_of
from ...errors import CallRefused
from ...forms.criteria import CriteriaForm, stored_criteria
from ...models import Call
from .blueprint import blueprint


@blueprint.route("/criteria", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def criteria(call: Call) -> ResponseReturnValue:
    """Show the criteria, arrange or preview what is typed, or save it."""
    form = CriteriaForm(data=None if request.method == "POST" else stored_criteria(specs_of(call)))
    if request.method == "GET":
        return _page(call, form)
    act = request.form.get("act", "save")
    if act not in {"save", "preview"}:
        form.arrange(act)
        return _page(call, form)
    if not form.validate():
        return _page(call, form)
    return _preview(call, form) if act == "preview" else _save(call, form)


def _save(call: Call, form: CriteriaForm) -> ResponseReturnValue:
    try:
        save_criteria(call, form.specs(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(call, form)
    flash(_("The criteria are saved."), "success")
    return redirect(url_for(".criteria", call=call))


def _preview(call: Call, form: CriteriaForm) -> ResponseReturnValue:
    try:
        check_criteria(form.specs())
    except CallRefused as refusal:
        form.refuse(refusal)
    return _page(call, form, preview=True)


def _page(call: Call, form: CriteriaForm, *, preview: bool = False) -> ResponseReturnValue:
    page = render_template(
        "incubation/manage/criteria.html",
        call=call,
        form=form,
        locked=are_locked(call),
        preview=form.specs() if preview else None,
    )
    return page, 422 if form.errors or form.form_errors else 200
