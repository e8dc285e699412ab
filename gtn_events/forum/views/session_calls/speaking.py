"""A speaker says whether they come: by the link of the mail, or signed in with the address it went to."""

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

from ...domain.session_calls.speaking import answer_as_speaker, speaker_of_link
from ...models import Forum, ProposedSpeaker
from ...queries.session_calls import speaking_in
from .blueprint import blueprint


@blueprint.route("/speaker/<token>", methods=["GET", "POST"])
@public
def linked(forum: Forum, token: str) -> ResponseReturnValue:
    """Show what one is named for, or keep the answer; the link proves the address."""
    values = signer().read(LinkPurpose.SPEAKER, token, now=clock.now())
    named = speaker_of_link(values["speaker"], values.get("email", ""))
    if named.proposal.call.forum_id != forum.id:
        abort(404)
    return _answer(forum, named, back=url_for(".linked", forum=forum, token=token))


@blueprint.route("/speaking/<int:proposed_speaker_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def signed_in(forum: Forum, proposed_speaker_id: int) -> ResponseReturnValue:
    """Show what the person's own address is named for, or keep the answer."""
    named = db.one_or_404(speaking_in(forum, current_account().email_key, proposed_speaker_id))
    return _answer(forum, named, back=url_for(".signed_in", forum=forum, proposed_speaker_id=named.id))


def _answer(forum: Forum, named: ProposedSpeaker, *, back: str) -> ResponseReturnValue:
    if request.method == "GET":
        owner_id = named.speaker.account_id if named.speaker is not None else None
        return render_template(
            "forum/session_calls/speaker.html", forum=forum, speaker=named, proposal=named.proposal, owner_id=owner_id
        )
    answer = request.form.get("answer")
    if answer not in ("comes", "declines"):
        abort(400)
    actor = current_account() if current_user.is_authenticated else None
    answer_as_speaker(named, comes=answer == "comes", actor=actor, now=clock.now())
    db.session.commit()
    thanks = _("Thank you. You are expected.") if answer == "comes" else _("You are no longer named in this session.")
    flash(thanks, "success")
    return redirect(back)
