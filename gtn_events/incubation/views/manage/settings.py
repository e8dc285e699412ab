"""Changing the settings of a call."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires

from ...domain.calls import CallDetails, differences, edit_call
from ...forms.call import CallForm, stored_settings
from ...models import Call
from .blueprint import blueprint


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def settings(call: Call) -> ResponseReturnValue:
    """Show the settings, or change them unless somebody else did meanwhile."""
    typed = None if request.method == "POST" else stored_settings(call)
    form = CallForm(data=typed, present=call.sectors)
    if asks_for_preview() or not form.validate_on_submit():
        return _page(call, form)
    lock_version = int(form.lock_version.data) if (form.lock_version.data or "").isdecimal() else 0
    try:
        edit_call(call, form.details(), lock_version=lock_version, actor=current_account(), now=clock.now())
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _page(call, form, stale=_what_differs(call, form.details()))
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(call, form)
    flash(_("The settings are saved."), "success")
    return redirect(url_for(".settings", call=call))


def asks_for_preview() -> bool:
    """Say whether the texts should be shown as they will look, and nothing saved."""
    return request.method == "POST" and "preview" in request.form


def _what_differs(call: Call, typed: CallDetails) -> Mapping[str, tuple[Any, Any]]:
    db.session.refresh(call)
    found = differences(call, typed)
    if pair := found.get("sectors"):
        stored, given = ("; ".join(sector["label"] for sector in each) for each in pair)
        found["sectors"] = (stored, given)
    return found


def _page(
    call: Call,
    form: CallForm,
    *,
    stale: Mapping[str, tuple[Any, Any]] | None = None,  # Any: a column's value
) -> ResponseReturnValue:
    if stale is not None:
        # Sending the same form again is then a decision, made in sight of the differences.
        form.lock_version.data = form.lock_version.raw_data = str(call.lock_version)
    labels = {field.name: form[field.name].label.text for field in fields(CallDetails)}
    page = render_template(
        "incubation/manage/settings.html",
        call=call,
        form=form,
        preview=asks_for_preview(),
        stale=stale,
        labels=labels,
        history=shown_entries(list(db.session.scalars(entries_about(call, limit=20)))),
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
