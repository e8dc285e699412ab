"""A proposed session goes to the organiser, is taken back, or is confirmed after it was accepted."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account

from ...errors import SessionProposalRefused
from ...models import SessionProposal
from .drafts import require_open
from .placing import take_out_of_programme
from .rules import what_a_session_lacks, why_no_more
from .state_change import lock_session_proposal, move_session_proposal
from .transitions import SessionAction, SessionParty, session_transition


def send_session_proposal(proposal: SessionProposal, *, actor: Account, now: datetime) -> None:
    """Give a draft to the organiser; the proposer gets a receipt.

    Raises:
        SessionProposalRefused: the call takes nothing now, or no more of this person, or something is missing.
        TransitionRefused: it was sent before.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    session_transition(proposal.state, SessionAction.SEND, SessionParty.PROPOSER)
    require_open(proposal.call, now=now)
    # Under the lock of the call, so that two drafts sent at once are not both the last one.
    if why := why_no_more(proposal.call, proposal.account_id):
        raise SessionProposalRefused(why)
    for missing in what_a_session_lacks(proposal):
        raise SessionProposalRefused(missing.sentence, field=missing.field)
    proposal.sent_at = now
    move_session_proposal(proposal, SessionAction.SEND, party=SessionParty.PROPOSER, actor=actor, now=now)


def withdraw_session_proposal(proposal: SessionProposal, *, actor: Account, now: datetime) -> None:
    """Take it back; an accepted one leaves the programme with the speakers that came with it.

    Raises:
        TransitionRefused: it was never sent, or is declined or withdrawn.
        SessionProposalRefused: its session has a time by now.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    session_transition(proposal.state, SessionAction.WITHDRAW, SessionParty.PROPOSER)
    if proposal.session is not None and proposal.session.slot is not None:
        raise SessionProposalRefused(
            _("Your session has a time in the programme by now. Write to the organiser, who can take it out.")
        )
    accepted = proposal.state.is_in_programme
    move_session_proposal(proposal, SessionAction.WITHDRAW, party=SessionParty.PROPOSER, actor=actor, now=now)
    if accepted:
        take_out_of_programme(proposal, actor=actor, now=now)


def confirm_session(proposal: SessionProposal, *, actor: Account, now: datetime) -> None:
    """Confirm as its proposer that an accepted session takes place; whoever speaks in it too confirms that as well.

    Raises:
        TransitionRefused: it is not accepted, or confirmed already.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    move_session_proposal(proposal, SessionAction.CONFIRM, party=SessionParty.PROPOSER, actor=actor, now=now)
    for each in proposal.speakers:
        if each.email_key == actor.email_key and each.confirmed_at is None and each.declined_at is None:
            each.confirmed_at = now
