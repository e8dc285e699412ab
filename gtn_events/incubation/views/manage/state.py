"""Publishing, closing and opening a call again, each after a page that says what happens."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.call_state import CallAction, act_on_call, what_is_missing
from ...models import Call
from .blueprint import blueprint


@blueprint.route("/publish", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def publish(call: Call) -> ResponseReturnValue:
    """Ask whether everybody should see the call, naming what is missing, or publish it."""
    return _step(call, CallAction.PUBLISH, _("%(title)s is public now.", title=call.title))


@blueprint.route("/close", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def close(call: Call) -> ResponseReturnValue:
    """Ask whether no application should be taken any more, or close the call."""
    return _step(call, CallAction.CLOSE, _("%(title)s takes nothing more.", title=call.title))


@blueprint.route("/reopen", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def reopen(call: Call) -> ResponseReturnValue:
    """Ask whether the call should take applications again, or open it again."""
    words = _("%(title)s takes applications again within its dates.", title=call.title)
    return _step(call, CallAction.REOPEN, words)


def _step(call: Call, action: CallAction, words: str) -> ResponseReturnValue:
    if request.method == "GET":
        missing = what_is_missing(call) if action is CallAction.PUBLISH else []
        return render_template("incubation/manage/state_step.html", call=call, step=action.value, missing=missing)
    act_on_call(call, action, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".overview", call=call))
