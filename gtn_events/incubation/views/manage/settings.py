"""Changing the settings of a call."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview, seen_version, settings_page
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
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
    try:
        edit_call(call, form.details(), lock_version=seen_version(form), actor=current_account(), now=clock.now())
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
    return settings_page("incubation/manage/settings.html", call, form, details=CallDetails, stale=stale, call=call)
