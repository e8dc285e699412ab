"""A co-host confirms or declines: by the link of the mail, or signed in with the address it went to."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, public, requires

from ...domain.proposals.co_hosts import answer_as_co_host, co_host_of_link
from ...models import Forum, ProposalCoHost
from ...queries.proposals import co_hosting
from .blueprint import blueprint


@blueprint.route("/co-host/<token>", methods=["GET", "POST"])
@public
def linked(forum: Forum, token: str) -> ResponseReturnValue:
    """Show what one is asked to co-host, or keep the answer; the link proves the address."""
    values = signer().read(LinkPurpose.CO_HOST, token, now=clock.now())
    co_host = co_host_of_link(values["co_host"], values.get("email", ""))
    if co_host.proposal.forum_id != forum.id:
        abort(404)
    return _answer(forum, co_host, back=url_for(".linked", forum=forum, token=token))


@blueprint.route("/co-hosting/<int:co_host_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def signed_in(forum: Forum, co_host_id: int) -> ResponseReturnValue:
    """Show what the person's own address is asked to co-host, or keep the answer."""
    asked = {each.id: each for each in co_hosting(forum, current_account().email_key)}
    if co_host_id not in asked:
        abort(404)
    return _answer(forum, asked[co_host_id], back=url_for(".signed_in", forum=forum, co_host_id=co_host_id))


def _answer(forum: Forum, co_host: ProposalCoHost, *, back: str) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("forum/propose/co_host.html", forum=forum, co_host=co_host, proposal=co_host.proposal)
    answer = request.form.get("answer")
    if answer not in ("confirm", "decline"):
        abort(400)
    actor = current_account() if current_user.is_authenticated else None
    answer_as_co_host(co_host, confirms=answer == "confirm", actor=actor, now=clock.now())
    db.session.commit()
    thanks = _("You are named as a co-host.") if answer == "confirm" else _("You are not named as a co-host.")
    flash(thanks, "success")
    return redirect(back)
