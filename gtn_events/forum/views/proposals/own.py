"""The proposer's own page: where the proposal stands, what is missing, what happens next."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.proposals.co_hosts import remind_co_host
from ...domain.proposals.drafts import delete_draft
from ...domain.proposals.rules import what_a_proposal_lacks
from ...domain.proposals.sending import send_proposal, withdraw_proposal
from ...domain.proposals.transitions import ProposalAction, ProposalParty, proposal_actions
from ...domain.proposals.window import takes_proposals
from ...enums import ProposalState
from ...models import Forum, SideEventProposal
from ...queries.proposals import own_proposal
from .blueprint import blueprint


@blueprint.get("/<int:proposal_id>")
@requires(Permission.SIGNED_IN)
def show(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Show one's own proposal, its state, and the one thing to do next."""
    proposal = _own(forum, proposal_id)
    with_proposer = proposal.state.is_with_proposer
    return render_template(
        "forum/propose/show.html",
        forum=forum,
        proposal=proposal,
        missing=what_a_proposal_lacks(proposal) if with_proposer else [],
        takes=proposal.proposed_at is not None or takes_proposals(forum, now=clock.now()),
        may_withdraw=ProposalAction.WITHDRAW in proposal_actions(proposal.state, ProposalParty.PROPOSER),
    )


@blueprint.post("/<int:proposal_id>/send")
@requires(Permission.SIGNED_IN)
def send(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Give the proposal to the organiser."""
    proposal = _own(forum, proposal_id)
    send_proposal(proposal, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is with the organiser now.", title=proposal.title), "success")
    return _back(forum, proposal)


@blueprint.get("/<int:proposal_id>/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Ask, naming what is taken back or thrown away."""
    proposal = _own(forum, proposal_id)
    draft = proposal.state is ProposalState.DRAFT
    if not draft and ProposalAction.WITHDRAW not in proposal_actions(proposal.state, ProposalParty.PROPOSER):
        return _back(forum, proposal)
    return render_template("forum/propose/withdraw.html", forum=forum, proposal=proposal)


@blueprint.post("/<int:proposal_id>/withdraw")
@requires(Permission.SIGNED_IN)
def take_back(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Take a proposal back."""
    proposal = _own(forum, proposal_id)
    withdraw_proposal(proposal, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is withdrawn.", title=proposal.title), "success")
    return _back(forum, proposal)


@blueprint.post("/<int:proposal_id>/discard")
@requires(Permission.SIGNED_IN)
def discard(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    delete_draft(_own(forum, proposal_id))
    db.session.commit()
    flash(_("The draft is deleted."), "success")
    return redirect(url_for(".start", forum=forum))


@blueprint.post("/<int:proposal_id>/co-hosts/<int:co_host_id>/remind")
@requires(Permission.SIGNED_IN)
def remind(forum: Forum, proposal_id: int, co_host_id: int) -> ResponseReturnValue:
    """Mail a co-host the link once more."""
    proposal = _own(forum, proposal_id)
    co_host = next((each for each in proposal.co_hosts if each.id == co_host_id), None)
    if co_host is None:
        abort(404)
    remind_co_host(co_host, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("A link is on its way to %(name)s once more.", name=co_host.name), "success")
    return _back(forum, proposal)


def _own(forum: Forum, proposal_id: int) -> SideEventProposal:
    proposal: SideEventProposal = db.one_or_404(own_proposal(forum, current_account().id, proposal_id))
    return proposal


def _back(forum: Forum, proposal: SideEventProposal) -> ResponseReturnValue:
    return redirect(url_for(".show", forum=forum, proposal_id=proposal.id))
