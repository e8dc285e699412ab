"""The proposer's own page: where the proposal stands, what is missing, what happens next."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.session_calls.drafts import delete_session_draft, takes_sessions
from ...domain.session_calls.rules import what_a_session_lacks, why_no_more
from ...domain.session_calls.sending import confirm_session, send_session_proposal, withdraw_session_proposal
from ...domain.session_calls.transitions import SessionAction, SessionParty, session_actions
from ...models import Forum, SessionProposal
from ...queries.session_calls import own_session_proposal
from ...session_call_enums import SessionProposalState
from .blueprint import blueprint, public_call

ADDRESS = "/<int:session_call_id>/mine/<int:session_proposal_id>"


@blueprint.get(ADDRESS)
@requires(Permission.SIGNED_IN)
def show(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Show one's own proposal, its state, and the one thing to do next."""
    proposal = _own(forum, session_call_id, session_proposal_id)
    takes = takes_sessions(proposal.call, now=clock.now())
    sets = [proposal.answer_set_id] if proposal.answer_set_id is not None else []
    answers = answers_in_words(sets, with_sensitive=True)
    return render_template(
        "forum/session_calls/show.html",
        forum=forum,
        session_call=proposal.call,
        proposal=proposal,
        answers=answers.get(proposal.answer_set_id or 0, []),
        missing=what_a_session_lacks(proposal) if proposal.state is SessionProposalState.DRAFT else [],
        takes=takes,
        why_no_more=why_no_more(proposal.call, proposal.account_id) if takes else "",
        may_edit=takes and proposal.state in (SessionProposalState.DRAFT, SessionProposalState.RECEIVED),
        actions=session_actions(proposal.state, SessionParty.PROPOSER),
        placed=_is_placed(proposal),
    )


@blueprint.post(ADDRESS + "/send")
@requires(Permission.SIGNED_IN)
def send(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Give the proposal to the organiser."""
    proposal = _own(forum, session_call_id, session_proposal_id)
    send_session_proposal(proposal, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is with the organiser now. A receipt is on its way to you.", title=proposal.title), "success")
    return _back(proposal)


@blueprint.post(ADDRESS + "/confirm")
@requires(Permission.SIGNED_IN)
def confirm(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Confirm an accepted session."""
    proposal = _own(forum, session_call_id, session_proposal_id)
    confirm_session(proposal, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Thank you. %(title)s is confirmed.", title=proposal.title), "success")
    return _back(proposal)


@blueprint.get(ADDRESS + "/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Ask, naming what is taken back or thrown away."""
    proposal = _own(forum, session_call_id, session_proposal_id)
    draft = proposal.state is SessionProposalState.DRAFT
    able = SessionAction.WITHDRAW in session_actions(proposal.state, SessionParty.PROPOSER) and not _is_placed(proposal)
    if not draft and not able:
        return _back(proposal)
    return render_template(
        "forum/session_calls/withdraw.html", forum=forum, session_call=proposal.call, proposal=proposal
    )


@blueprint.post(ADDRESS + "/withdraw")
@requires(Permission.SIGNED_IN)
def take_back(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Take a proposal back."""
    proposal = _own(forum, session_call_id, session_proposal_id)
    withdraw_session_proposal(proposal, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is withdrawn.", title=proposal.title), "success")
    return _back(proposal)


@blueprint.post(ADDRESS + "/discard")
@requires(Permission.SIGNED_IN)
def discard(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    delete_session_draft(_own(forum, session_call_id, session_proposal_id), now=clock.now())
    db.session.commit()
    flash(_("The draft is deleted."), "success")
    return redirect(url_for(".call", forum=forum, session_call_id=session_call_id))


def _own(forum: Forum, call_id: int, proposal_id: int) -> SessionProposal:
    found = own_session_proposal(public_call(forum, call_id), current_account().id, proposal_id)
    proposal: SessionProposal = db.one_or_404(found)
    return proposal


def _is_placed(proposal: SessionProposal) -> bool:
    return proposal.session is not None and proposal.session.slot is not None


def _back(proposal: SessionProposal) -> ResponseReturnValue:
    address = url_for(
        ".show", forum=proposal.call.forum, session_call_id=proposal.call_id, session_proposal_id=proposal.id
    )
    return redirect(address)
