"""The one function that changes a proposed session's state: table, time, journal and mail together."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ...errors import ReasonMissing
from ...models import SessionProposal
from ...notifications_sessions import tell_session_proposer
from .calls import lock_call
from .transitions import SessionAction, SessionParty, session_transition


def lock_session_proposal(proposal: SessionProposal) -> None:
    """Lock its call, then read the proposal afresh and keep everybody else from it until the transaction ends."""
    lock_call(proposal.call)
    db.session.refresh(proposal, with_for_update={"of": SessionProposal, "key_share": True})


def move_session_proposal(
    proposal: SessionProposal,
    action: SessionAction,
    *,
    party: SessionParty,
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
    row = session_transition(proposal.state, action, party)
    if row.needs_reason and not reason.strip():
        raise ReasonMissing(_("Give a reason: the proposer will read it."), field="reason")
    before, proposal.state = proposal.state, row.outcome
    proposal.state_changed_at, proposal.state_reason = now, reason.strip() or None
    db.session.flush()
    journal.record(
        f"session {action.past}",
        proposal,
        actor=actor,
        now=now,
        scope=proposal.scope,
        changes={"state": (before.value, row.outcome.value)},
        reason=proposal.state_reason,
    )
    tell_session_proposer(proposal, row.mail, now=now)
