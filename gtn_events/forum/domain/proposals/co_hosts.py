"""Co-hosts confirm for themselves, by the link of a mail or signed in with the address it went to."""

from datetime import datetime, timedelta

from gtn_events.accounts.domain.signed_links import LinkPurpose, LinkSigner
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ...enums import ProposalState
from ...errors import ProposalRefused
from ...models import ProposalCoHost, SideEventProposal
from ...notifications_proposals import ask_co_host
from .state_change import lock_proposal

BETWEEN_REMINDERS = timedelta(hours=12)


def ask_co_hosts(proposal: SideEventProposal, *, links: LinkSigner, now: datetime) -> None:
    """Mail a link to every co-host who was not asked yet. Flushes."""
    for co_host in proposal.co_hosts:
        if co_host.waits and co_host.asked_at is None:
            _ask(co_host, links=links, now=now)


def remind_co_host(co_host: ProposalCoHost, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Mail the link once more; earlier links work as long.

    Raises:
        ProposalRefused: they have answered, nobody waits for it any more, or they were asked a moment ago.

    Flushes; the caller commits.
    """
    _lock(co_host)
    if not co_host.waits or co_host.asked_at is None:
        raise ProposalRefused(f"{co_host.name} has answered, or is asked when you send the proposal.")
    if now - co_host.asked_at < BETWEEN_REMINDERS:
        raise ProposalRefused(f"{co_host.name} was asked today already. Wait till tomorrow.")
    _ask(co_host, links=links, now=now)
    record("co-host asked again", co_host.proposal, actor=actor, now=now, scope=co_host.proposal.scope)


def co_host_of_link(co_host_id: int, email_key: str) -> ProposalCoHost:
    """Return the co-host that a link was made for.

    Args:
        email_key: whom the link was mailed to: the number of one who was taken out can come to another co-host.

    Raises:
        LinkRefused: the proposer has taken them out, or the proposal is no more.
    """
    found = db.session.get(ProposalCoHost, co_host_id)
    if found is None or found.email_key != email_key:
        raise LinkRefused("You are no longer named as a co-host of this side event. Ask its lead host.")
    return found


def answer_as_co_host(co_host: ProposalCoHost, *, confirms: bool, actor: Account | None, now: datetime) -> None:
    """Confirm or decline to host it too; an answer can be changed until the organiser has decided.

    Args:
        actor: who is signed in; None when the link alone was used.

    Raises:
        ProposalRefused: the proposal is decided, withdrawn, or not sent.

    Flushes; the caller commits.
    """
    _lock(co_host)
    state = co_host.proposal.state
    if state is ProposalState.DRAFT or not state.is_undecided:
        raise ProposalRefused(f"This proposal is {state.label.lower()}; there is nothing to confirm now.")
    before = _answer_of(co_host)
    co_host.confirmed_at, co_host.declined_at = (now, None) if confirms else (None, now)
    db.session.flush()
    changes = {co_host.name: (before, _answer_of(co_host))}
    proposal = co_host.proposal
    record("co-host answered", proposal, actor=actor, now=now, scope=proposal.scope, changes=changes)


def _ask(co_host: ProposalCoHost, *, links: LinkSigner, now: datetime) -> None:
    co_host.asked_at = now
    db.session.flush()
    token = links.make(LinkPurpose.CO_HOST, {"co_host": co_host.id, "email": co_host.email_key}, now=now)
    ask_co_host(co_host, token, now=now)


def _lock(co_host: ProposalCoHost) -> None:
    lock_proposal(co_host.proposal)
    db.session.refresh(co_host)


def _answer_of(co_host: ProposalCoHost) -> str | None:
    if co_host.waits:
        return None
    return "confirmed" if co_host.confirmed_at else "declined"
