"""What a proposal needs and when it is taken; the form for a new one and for one that is kept."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, public, requires

from ...domain.proposals.drafts import begin_proposal, save_proposal
from ...domain.proposals.rules import DESCRIPTION_WORDS, OBJECTIVES_WORDS, TITLE_WORDS
from ...domain.proposals.window import takes_proposals, window_of_proposals
from ...forms.proposal import ProposalForm, co_hosts, stored_proposal, wishes
from ...models import Forum, SideEventProposal
from ...queries.proposals import co_hosting, own_proposal, proposals_of_person
from .blueprint import blueprint


@blueprint.get("")
@public
def start(forum: Forum) -> ResponseReturnValue:
    """Show what is asked, until when, and what the signed-in person has proposed or is asked to co-host."""
    signed_in = current_user.is_authenticated
    return render_template(
        "forum/propose/start.html",
        forum=forum,
        window=window_of_proposals(forum),
        takes=takes_proposals(forum, now=clock.now()),
        proposals=proposals_of_person(forum, current_user.id) if signed_in else [],
        co_hosting=co_hosting(forum, current_user.email_key) if signed_in else [],
        now=clock.now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or keep a first draft."""
    account = current_account()
    known = {"contact_name": account.display_name, "contact_email": account.email, "contact_phone": account.phone}
    form = ProposalForm(forum, data=None if request.method == "POST" else known)
    if not takes_proposals(forum, now=clock.now()):
        return redirect(url_for(".start", forum=forum))
    if not form.validate_on_submit():
        return _form_page(forum, form, None)
    try:
        texts, named = form.texts(), form.co_hosts()
        proposal = begin_proposal(forum, texts, named, nonce=form.sent_as, actor=account, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form, None)
    return _saved(forum, proposal)


@blueprint.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Show the form of one's own proposal, or keep what was typed."""
    proposal = db.one_or_404(own_proposal(forum, current_account().id, proposal_id))
    if not proposal.state.is_with_proposer:
        return redirect(url_for(".show", forum=forum, proposal_id=proposal.id))
    form = ProposalForm(forum, data=None if request.method == "POST" else stored_proposal(proposal))
    if not form.validate_on_submit():
        return _form_page(forum, form, proposal)
    try:
        save_proposal(proposal, form.texts(), form.co_hosts(), seen=form.version, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form, proposal)
    return _saved(forum, proposal)


def _saved(forum: Forum, proposal: SideEventProposal) -> ResponseReturnValue:
    flash(_("Saved. Nothing is sent before you say so below."), "success")
    return redirect(url_for(".show", forum=forum, proposal_id=proposal.id))


def _form_page(forum: Forum, form: ProposalForm, proposal: SideEventProposal | None) -> ResponseReturnValue:
    if proposal is not None and request.method == "GET":
        form.seen.data = str(proposal.lock_version)
    page = render_template(
        "forum/propose/form.html",
        forum=forum,
        form=form,
        proposal=proposal,
        wishes=wishes(),
        co_hosts=co_hosts(),
        words={"title": TITLE_WORDS, "description": DESCRIPTION_WORDS[1], "objectives": OBJECTIVES_WORDS},
    )
    return page, 422 if form.errors or form.form_errors else 200
