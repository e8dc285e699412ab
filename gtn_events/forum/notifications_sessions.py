"""Which mail about a proposed session goes to whom."""

from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import ProposedSpeaker, SessionCallMember, SessionProposal
from .notifications_proposals import organisers_of


def key_of(proposal_id: int) -> str:
    """Return how the keys of all mails about a proposal begin."""
    return f"session-proposal:{proposal_id}:"


def tell_session_proposer(proposal: SessionProposal, template: str, *, now: datetime) -> None:
    """Tell the proposer what became of it, once for each change of its state."""
    key = f"{key_of(proposal.id)}{template}:{proposal.state_changed_at.isoformat()}"
    _mail(proposal, key, template, _recipient(proposal.account), now=now)


def ask_speaker(named: ProposedSpeaker, token: str, *, now: datetime) -> None:
    """Mail a speaker of an accepted session the link with which they say whether they come."""
    _to_speaker(named, "forum/session_speaker", now=now, token=token)


def tell_off(named: ProposedSpeaker, *, now: datetime) -> None:
    """Tell a speaker that the session they were asked for was withdrawn."""
    _to_speaker(named, "forum/session_off", now=now)


def tell_organisers_of_withdrawal(proposal: SessionProposal, *, now: datetime) -> None:
    """Tell every organiser of the forum that a session has left the programme."""
    for account in organisers_of(proposal.scope):
        key = f"{key_of(proposal.id)}left:{account.id}:{proposal.state_changed_at.isoformat()}"
        _mail(proposal, key, "forum/session_left", _recipient(account), now=now)


def tell_member(member: SessionCallMember, *, now: datetime) -> None:
    """Tell somebody that they are on the committee of a call."""
    forum = member.call.forum
    enqueue_mail(
        f"session-call:{member.call_id}:member:{member.account_id}:{now.isoformat()}",
        "forum/session_committee",
        to=_recipient(member.account),
        context={"session_call": member.call, "forum": forum},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def _to_speaker(
    named: ProposedSpeaker,
    template: str,
    *,
    now: datetime,
    **context: Any,  # Any: as the mail's template wants it
) -> None:
    proposal = named.proposal
    key = f"{key_of(proposal.id)}speaker:{named.id}:{template}:{proposal.state_changed_at.isoformat()}"
    to = Recipient(address=named.email, name=named.name, time_zone=proposal.call.forum.time_zone)
    _mail(proposal, key, template, to, now=now, speaker=named, **context)


def _mail(
    proposal: SessionProposal,
    key: str,
    template: str,
    to: Recipient,
    *,
    now: datetime,
    **context: Any,  # Any: as the mail's template wants it
) -> None:
    forum = proposal.call.forum
    enqueue_mail(
        key,
        template,
        to=to,
        context={"proposal": proposal, "session_call": proposal.call, "forum": forum, **context},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def _recipient(account: Account) -> Recipient:
    return Recipient(
        address=account.email, name=account.display_name, language=account.language, time_zone=account.time_zone
    )
