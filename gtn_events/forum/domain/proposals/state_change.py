"""The one function that changes a proposal's state: table, time, journal and mail together."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ...errors import ReasonMissing
from ...models import SideEventProposal
from ...notifications_proposals import tell_proposer
from .transitions import ProposalAction, ProposalParty, proposal_transition


def lock_proposal(proposal: SideEventProposal) -> None:
    """Read a proposal afresh and keep everybody else from changing it until the transaction ends."""
    db.session.refresh(proposal, with_for_update={"of": SideEventProposal, "key_share": True})


def move_proposal(
    proposal: SideEventProposal,
    action: ProposalAction,
    *,
    party: ProposalParty,
    actor: Account,
    now: datetime,
    reason: str = "",
) -> None:
    """Move a locked proposal as the table says, write it down, tell the proposer once.

    Raises:
        TransitionRefused: the table has no row for this state and party.
        ReasonMissing: the act needs a reason and there is none.

    Flushes; the caller commits.
    """
    row = proposal_transition(proposal.state, action, party)
    if row.needs_reason and not reason.strip():
        raise ReasonMissing("Give a reason: the proposer will read it.", field="reason")
    before, proposal.state = proposal.state, row.outcome
    proposal.state_changed_at, proposal.state_reason = now, reason.strip() or None
    changes = {"state": (before.value, row.outcome.value)}
    journal.record(
        f"side event {action.past}",
        proposal,
        actor=actor,
        now=now,
        scope=proposal.scope,
        changes=changes,
        reason=proposal.state_reason,
    )
    db.session.flush()
    tell_proposer(proposal, row.mail, now=now)
