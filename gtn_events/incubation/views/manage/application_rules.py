"""Letting an application break a rule of the call, and holding to it again."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.application_rules import hold_to_rule, let_rule_pass
from ...forms.reason import reason_in
from ...models import Call
from ...queries.applications import application_of
from .blueprint import blueprint


@blueprint.post("/applications/<reference>/rules")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def application_rule(call: Call, reference: str) -> ResponseReturnValue:
    """Let a broken rule pass with a reason, or hold to it again."""
    found, rule = db.one_or_404(application_of(call, reference)), request.form.get("rule", "")
    actor, now = current_account(), clock.now()
    if request.form.get("hold") == "1":
        hold_to_rule(found, rule, actor=actor, now=now)
    else:
        let_rule_pass(found, rule, actor=actor, now=now, reason=reason_in(request.form.get("reason")))
    db.session.commit()
    flash(_("The findings of “%(title)s” have changed.", title=found.title), "success")
    return redirect(url_for(".application", call=call, reference=reference) + "#rules")
