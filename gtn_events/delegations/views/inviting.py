"""Inviting many nominees: first who would get a link and who not, then the job that sends them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_ids
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ..domain.inviting import effect_of_inviting
from ..invitations_job import KIND
from ..models import Delegation, Nomination
from ..queries.nominations import nominations_of
from .blueprint import blueprint


@blueprint.post("/nominations/invite")
@requires(Permission.DELEGATION_MANAGE)
def invite_effect(delegation: Delegation) -> ResponseReturnValue:
    """Show who would be invited and who not; nothing happens yet."""
    chosen, everybody = _chosen(delegation)
    if not chosen:
        flash(_("Choose at least one person first."), "danger")
        return redirect(url_for(".nominations", **delegation.address))
    effect, invited = effect_of_inviting(delegation, chosen, everybody=everybody, now=clock.now())
    return render_template("delegations/invite.html", effect=effect, invited=invited)


@blueprint.post("/nominations/invite/send")
@requires(Permission.DELEGATION_MANAGE)
def invite_send(delegation: Delegation) -> ResponseReturnValue:
    """Have the links sent to those that the page named; the job's page shows how far it is."""
    now, chosen = clock.now(), _chosen(delegation)[0]
    if not chosen:
        return redirect(url_for(".nominations", **delegation.address))
    job = enqueue_job(
        KIND,
        title=_("Invitations of nominees of %(economy)s", economy=delegation.economy.in_sentence),
        params={
            "forum_id": delegation.forum.id,
            "economy": delegation.code,
            "ids": [each.id for each in chosen],
            "asked_at": now.isoformat(),
        },
        actor=current_account(),
        now=now,
        scope=delegation.scope,
        back=(_("Nominations"), url_for(".nominations", **delegation.address)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


def _chosen(delegation: Delegation) -> tuple[list[Nomination], bool]:
    """Return the economy's nominations that the form names, and whether all are meant."""
    everybody = request.form.get("all") == "1"
    ids = set(row_ids(request.form.getlist("ids")))
    found = [each for each in nominations_of(delegation) if each.id in ids or (everybody and each.state.is_open)]
    return found, everybody
