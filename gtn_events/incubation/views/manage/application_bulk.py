"""Deciding on many applications: first the effect, then the act."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.application_bulk import BULK_ACTIONS, act_on_many, effect_of
from ...domain.application_transitions import Action
from ...forms.reason import reason_in
from ...models import Call
from ...queries.applications import applications_among, ids_of, list_names, read_listing
from .blueprint import blueprint


@blueprint.post("/applications/effect")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def applications_effect(call: Call) -> ResponseReturnValue:
    """Show what an act would do to the chosen applications; nothing happens yet."""
    action, choice = _action(), _choice(call)
    if not choice.ids:
        flash(_("Choose at least one application first."), "danger")
        return redirect(_list_url(call, choice))
    return _effect_page(call, action, choice)


@blueprint.post("/applications/act")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def applications_act(call: Call) -> ResponseReturnValue:
    """Do it."""
    action, choice, reason = _action(), _choice(call), reason_in(request.form.get("reason"))
    if action is Action.REFUSE and not reason:
        return _effect_page(call, action, choice, error=_("Give a reason: the applicants will read it."))
    chosen = applications_among(call, choice.ids)
    effect = act_on_many(action, chosen, actor=current_account(), now=clock.now(), reason=reason)
    db.session.commit()
    return render_template(
        "incubation/manage/applications_done.html", call=call, effect=effect, list_url=_list_url(call, choice)
    )


def _effect_page(call: Call, action: Action, choice: Choice, *, error: str = "") -> ResponseReturnValue:
    page = render_template(
        "incubation/manage/applications_effect.html",
        call=call,
        action=action,
        choice=choice,
        effect=effect_of(action, call, list(applications_among(call, choice.ids))),
        error=error,
        list_url=_list_url(call, choice),
    )
    return page, 422 if error else 200


def _action() -> Action:
    return next((each for each in BULK_ACTIONS if each.value == request.form.get("action")), None) or abort(404)


def _choice(call: Call) -> Choice:
    """Return the chosen ids; what the form says is scoped to the call again when it is read."""
    return Choice.read(request.form, lambda args: ids_of(call, read_listing("", args, list_names(call))))


def _list_url(call: Call, choice: Choice) -> str:
    return choice.list_url(url_for(".applications", call=call))
