"""A proposal goes to the organiser, or is taken back."""

from datetime import datetime

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account

from ...errors import ProposalRefused
from ...models import SideEventProposal
from ...notifications_proposals import tell_organisers
from .co_hosts import ask_co_hosts
from .rules import what_a_proposal_lacks
from .state_change import lock_proposal, move_proposal
from .transitions import ProposalAction, ProposalParty
from .window import require_open


def send_proposal(proposal: SideEventProposal, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Give it to the organiser, and ask every co-host who was not asked yet to confirm.

    One that was sent back for changes can be sent again after the window has closed.

    Raises:
        TransitionRefused: it is with the organiser already, or decided.
        ProposalRefused: the forum takes no proposals now, or something is missing.

    Flushes; the caller commits.
    """
    lock_proposal(proposal)
    if proposal.proposed_at is None:
        require_open(proposal.forum, now=now)
    for missing in what_a_proposal_lacks(proposal):
        raise ProposalRefused(missing.sentence, field=missing.field)
    move_proposal(proposal, ProposalAction.PROPOSE, party=ProposalParty.PROPOSER, actor=actor, now=now)
    proposal.proposed_at = now
    tell_organisers(proposal, now=now)
    ask_co_hosts(proposal, links=links, now=now)


def withdraw_proposal(proposal: SideEventProposal, *, actor: Account, now: datetime) -> None:
    """Take it back, as long as it is not agreed.

    Raises:
        TransitionRefused: it was never sent, or it is decided.

    Flushes; the caller commits.
    """
    lock_proposal(proposal)
    move_proposal(proposal, ProposalAction.WITHDRAW, party=ProposalParty.PROPOSER, actor=actor, now=now)
