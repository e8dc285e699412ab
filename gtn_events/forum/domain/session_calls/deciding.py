"""The organiser accepts, waitlists or declines proposed sessions, one or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail

from ...errors import ReasonMissing, SessionProposalRefused
from ...models import SessionCall, SessionProposal
from ...notifications_sessions import key_of
from ...session_call_enums import SessionProposalState as State
from .calls import lock_call
from .placing import put_into_programme
from .speaking import ask_speakers
from .state_change import lock_session_proposal, move_session_proposal
from .transitions import SessionAction, SessionParty


@dataclass(frozen=True)
class MailToCome:
    """A mail that an act would send."""

    to: str
    subject: str
    text: str


def decide_session(
    proposal: SessionProposal,
    action: SessionAction,
    *,
    reason: str = "",
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> State:
    """Accept, waitlist or decline one; an accepted one is a session without a time, and its speakers are asked.

    Args:
        reason: what the proposer reads; declining needs it.

    Raises:
        SessionProposalRefused: the call still takes proposals.
        TransitionRefused: it is decided already, or withdrawn.
        ReasonMissing: to decline it needs a reason.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    if not proposal.call.has_closed(now):
        raise SessionProposalRefused(_("The call still takes proposals. Close it, then decide."))
    move_session_proposal(proposal, action, party=SessionParty.ORGANISER, actor=actor, now=now, reason=reason)
    if action is SessionAction.ACCEPT:
        put_into_programme(proposal, actor=actor, now=now)
        ask_speakers(proposal, links=links, now=now)
    return proposal.state


def decide_many(
    call: SessionCall,
    proposals: Sequence[SessionProposal],
    action: SessionAction,
    *,
    reason: str = "",
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> Effect[State]:
    """Decide on many, each in a savepoint of its own; who is refused stays and is named with the reason.

    Raises:
        ReasonMissing: to decline needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if action is SessionAction.DECLINE and not reason.strip():
        raise ReasonMissing(_("Give a reason: the proposers will read it."), field="reason")
    lock_call(call)
    return act_on_each(
        proposals,
        lambda each: decide_session(each, action, reason=reason, links=links, actor=actor, now=now),
        name=lambda each: each.title,
    )


def mails_written(proposal_ids: Sequence[int], *, now: datetime) -> list[MailToCome]:
    """Return the mails about these proposals that were written at a moment, in their order."""
    if not proposal_ids:
        return []
    theirs = or_(*(OutboxMail.key.startswith(key_of(each), autoescape=True) for each in proposal_ids))
    statement = select(OutboxMail.to_address, OutboxMail.subject, OutboxMail.body_text)
    written = statement.where(theirs, OutboxMail.created_at == now).order_by(OutboxMail.id)
    return [MailToCome(*row) for row in db.session.execute(written)]
