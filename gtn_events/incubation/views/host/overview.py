"""A host's first page: what is missing, verified or not, in which calls it gives places, what happened."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires

from ...domain.hosts import HostAction, act_on_host
from ...domain.intakes import why_no_places
from ...domain.profile import what_is_missing
from ...domain.verification import ask_for_verification, verification_of
from ...models import Host
from ...queries.calls import calls_that_take_hosts
from ...queries.intakes import intakes_of_host
from ...queries.match import calls_with_match
from .blueprint import blueprint


@blueprint.get("/")
@requires(Permission.HOST_MANAGE)
def overview(host: Host) -> ResponseReturnValue:
    """Show what to do next, and what the host gives."""
    now = clock.now()
    intakes = intakes_of_host(host)
    known = {intake.call_id for intake in intakes}
    open_calls = [each for each in db.session.scalars(calls_that_take_hosts()) if now < each.ranking_until]
    return render_template(
        "incubation/host/overview.html",
        host=host,
        now=now,
        missing=what_is_missing(host),
        verification=verification_of(host, now=now),
        intakes=intakes,
        matched=calls_with_match(known),
        offered=[(call, why_no_places(call, host, now=now)) for call in open_calls if call.id not in known],
        history=shown_entries(list(db.session.scalars(entries_about(host, limit=15)))),
    )


@blueprint.post("/ask")
@requires(Permission.HOST_MANAGE)
def ask(host: Host) -> ResponseReturnValue:
    """Ask the coordinator of the economy to verify the host."""
    ask_for_verification(host, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The coordinator of your economy is told. You get a mail with the answer."), "success")
    return redirect(url_for(".overview", host=host))


@blueprint.route("/list", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def list_(host: Host) -> ResponseReturnValue:
    """Ask whether everybody should see the host, or put it into the catalogue."""
    return _step(host, HostAction.LIST, _("%(name)s stands in the catalogue now.", name=host.name))


@blueprint.route("/retire", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def retire(host: Host) -> ResponseReturnValue:
    """Ask whether the host should leave the catalogue, or take it out."""
    return _step(host, HostAction.RETIRE, _("%(name)s is no longer in the catalogue.", name=host.name))


def _step(host: Host, action: HostAction, words: str) -> ResponseReturnValue:
    if request.method == "GET":
        missing = what_is_missing(host) if action is HostAction.LIST else []
        return render_template("incubation/host/state_step.html", host=host, step=action.value, missing=missing)
    act_on_host(host, action, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".overview", host=host))
