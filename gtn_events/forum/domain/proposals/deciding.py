"""What the organiser does with a proposal: notes, review, changes, agreement, refusal, publication."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ...errors import ProposalRefused
from ...models import ProposalNote, SideEvent, SideEventProposal
from ..hosting import invite_host
from ..locking import lock_forum
from ..side_events import SideEventDetails, add_side_event
from .state_change import lock_proposal, move_proposal
from .transitions import ProposalAction, ProposalParty, proposal_transition


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where, when and for how many an agreed side event is; moments are UTC."""

    room_name: str
    starts_at: datetime
    ends_at: datetime
    capacity: int


def note_on_proposal(proposal: SideEventProposal, text: str, *, actor: Account, now: datetime) -> ProposalNote:
    """Keep what an organiser thinks of it; the proposer never sees it.

    Raises:
        ProposalRefused: nothing was written.

    Flushes; the caller commits.
    """
    if not text.strip():
        raise ProposalRefused("Write a note first.", field="text")
    note = ProposalNote(account=actor, text=text.strip(), at=now)
    proposal.notes.append(note)
    db.session.flush()
    return note


def decide_proposal(
    proposal: SideEventProposal, action: ProposalAction, *, reason: str = "", actor: Account, now: datetime
) -> None:
    """Take it up for review, ask for changes or decline it.

    Raises:
        TransitionRefused: not possible in its present state.
        ReasonMissing: to send it back or to decline it needs one.

    Flushes; the caller commits.
    """
    lock_proposal(proposal)
    move_proposal(proposal, action, party=ProposalParty.ORGANISER, actor=actor, now=now, reason=reason)


def agree_to_proposal(
    proposal: SideEventProposal, place: Place, *, links: LinkSigner, actor: Account, now: datetime
) -> SideEvent:
    """Make a side event of it, hidden until it is published, with a seat pool of its own.

    Its proposer and every confirmed co-host can look after its page and its guests from now on.

    Raises:
        TransitionRefused: not possible in its present state.
        ProposalRefused: a co-host has not answered yet.
        SideEventRefused: the time breaks a rule of the forum.

    Flushes; the caller commits.
    """
    lock_forum(proposal.forum)
    lock_proposal(proposal)
    proposal_transition(proposal.state, ProposalAction.AGREE, ProposalParty.ORGANISER)
    waiting = [each.name for each in proposal.co_hosts if each.waits]
    if waiting:
        raise ProposalRefused(
            f"Not confirmed yet: {', '.join(waiting)}. Ask the proposer to remind them, or for a proposal without them."
        )
    side_event = add_side_event(
        proposal.forum, _details(proposal, place), capacity=place.capacity, actor=actor, now=now
    )
    proposal.side_event = side_event
    side_event.speakers = proposal.speakers
    _give_to_hosts(proposal, side_event, links=links, actor=actor, now=now)
    move_proposal(proposal, ProposalAction.AGREE, party=ProposalParty.ORGANISER, actor=actor, now=now)
    return side_event


def publish_proposal(proposal: SideEventProposal, *, actor: Account, now: datetime) -> None:
    """Let delegates see and choose the side event that was made of it.

    Raises:
        TransitionRefused: it is not agreed.

    Flushes; the caller commits.
    """
    lock_forum(proposal.forum)
    lock_proposal(proposal)
    move_proposal(proposal, ProposalAction.PUBLISH, party=ProposalParty.ORGANISER, actor=actor, now=now)
    if proposal.side_event is not None:
        proposal.side_event.published = True
        proposal.side_event.changed_at = now
    db.session.flush()


def _give_to_hosts(
    proposal: SideEventProposal, side_event: SideEvent, *, links: LinkSigner, actor: Account, now: datetime
) -> None:
    grant_role(proposal.account, Role.SIDE_EVENT_HOST, scope=side_event.host_scope, actor=actor, now=now)
    for co_host in proposal.co_hosts:
        if co_host.confirmed_at is not None and co_host.email_key != proposal.account.email_key:
            invite_host(side_event, co_host.email, links=links, actor=actor, now=now)


def _details(proposal: SideEventProposal, place: Place) -> SideEventDetails:
    with_others = len(proposal.hosted_by) > 1
    return SideEventDetails(
        title=proposal.title,
        topic=proposal.topic,
        description=proposal.description,
        host_name=", ".join(proposal.hosted_by)[:200] if with_others or not proposal.lead_economy else "",
        host_economy_code=None if with_others else proposal.lead_economy_code,
        room_name=place.room_name,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        published=False,
    )
