"""What a proposer types: kept as it is, judged when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale

from ...enums import ProposalFormat, ProposalState
from ...errors import ProposalRefused
from ...models import Forum, ProposalCoHost, SideEventProposal
from ..locking import lock_forum
from .rules import DESCRIPTION_WORDS, MOST_CO_HOSTS, TITLE_WORDS, count_words
from .state_change import lock_proposal
from .window import require_open

MOST_DRAFTS = 10
AS_BEGUN = 1  # the version of a draft that was saved once


@dataclass(frozen=True, kw_only=True)
class ProposalTexts:
    """Everything a proposer says but the co-hosts; see ``SideEventProposal`` for the fields."""

    title: str
    topic: str
    lead_economy_code: str | None
    lead_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    format: ProposalFormat
    languages: str
    interpretation: str
    description: str
    objectives: str
    expected_number: int | None
    room_layout: str
    equipment: str
    accessibility: str
    wishes: list[dict[str, Any]]  # Any: JSON
    speakers: str
    website: str


@dataclass(frozen=True)
class NamedCoHost:
    """A co-host as the proposer names it: an economy or organisation, and the address of who confirms for it."""

    name: str
    email: str


def begin_proposal(
    forum: Forum,
    texts: ProposalTexts,
    co_hosts: Sequence[NamedCoHost],
    *,
    nonce: str | None = None,
    actor: Account,
    now: datetime,
) -> SideEventProposal:
    """Return a new draft, seen by its person alone.

    Args:
        nonce: the name of the form; a form that is sent again, as it was or changed, is the same draft.

    Raises:
        Stale: the draft of this form was changed on its own page meanwhile.
        ProposalRefused: the forum takes no proposals now, the person has too many drafts, or a text is too long.
        DomainError: the address of a co-host is none.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    first = _made_of(nonce, actor)
    if first is not None:
        if not _holds(first, texts, co_hosts):
            save_proposal(first, texts, co_hosts, seen=AS_BEGUN, now=now)
        return first
    require_open(forum, now=now)
    drafts = select(func.count()).where(
        SideEventProposal.forum_id == forum.id,
        SideEventProposal.account_id == actor.id,
        SideEventProposal.state == ProposalState.DRAFT,
    )
    if (db.session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise ProposalRefused(f"You have {MOST_DRAFTS} drafts. Send or delete one of them first.")
    proposal = SideEventProposal(
        forum=forum, account=actor, state=ProposalState.DRAFT, state_changed_at=now, created_at=now, saved_at=now
    )
    proposal.nonce = nonce
    _take(proposal, texts, co_hosts, now=now)
    db.session.add(proposal)
    db.session.flush()
    return proposal


def save_proposal(
    proposal: SideEventProposal,
    texts: ProposalTexts,
    co_hosts: Sequence[NamedCoHost],
    *,
    seen: int | None,
    now: datetime,
) -> None:
    """Keep what was typed; a co-host that stays as named keeps their answer.

    Args:
        seen: the lock version of what the person had before them.

    Raises:
        Stale: it was saved elsewhere meanwhile.
        ProposalRefused: it is with the organiser, or a text is too long.
        DomainError: the address of a co-host is none.

    Flushes; the caller commits.
    """
    lock_proposal(proposal)
    if not proposal.state.is_with_proposer:
        raise ProposalRefused("The organiser has this proposal now, so its text stays as it is.")
    if seen != proposal.lock_version:
        raise Stale("You saved this proposal in another window meanwhile. Look at it again, then repeat the change.")
    _take(proposal, texts, co_hosts, now=now)
    db.session.flush()


def delete_draft(proposal: SideEventProposal) -> None:
    """Throw a draft away that was never sent.

    Raises:
        ProposalRefused: it was sent once; it can be withdrawn.

    Flushes; the caller commits.
    """
    lock_proposal(proposal)
    if proposal.state is not ProposalState.DRAFT:
        raise ProposalRefused("This proposal was sent. Withdraw it instead.")
    db.session.delete(proposal)
    db.session.flush()


def _made_of(nonce: str | None, actor: Account) -> SideEventProposal | None:
    if nonce is None:
        return None
    same = select(SideEventProposal).where(SideEventProposal.account_id == actor.id, SideEventProposal.nonce == nonce)
    return db.session.scalar(same)


def _holds(proposal: SideEventProposal, texts: ProposalTexts, co_hosts: Sequence[NamedCoHost]) -> bool:
    """Say whether a proposal is just as it was typed."""
    named = [NamedCoHost(each.name, each.email) for each in proposal.co_hosts]
    return named == list(co_hosts) and all(getattr(proposal, name) == value for name, value in vars(texts).items())


def _take(proposal: SideEventProposal, texts: ProposalTexts, co_hosts: Sequence[NamedCoHost], *, now: datetime) -> None:
    if count_words(texts.title) > TITLE_WORDS:
        raise ProposalRefused(f"Use {TITLE_WORDS} words at most.", field="title")
    if (words := count_words(texts.description)) > DESCRIPTION_WORDS[1]:
        raise ProposalRefused(f"These are {words} words; use {DESCRIPTION_WORDS[1]} at most.", field="description")
    for field in fields(texts):
        setattr(proposal, field.name, getattr(texts, field.name))
    _take_co_hosts(proposal, co_hosts)
    proposal.saved_at = now


def _take_co_hosts(proposal: SideEventProposal, named: Sequence[NamedCoHost]) -> None:
    there = {each.email_key: each for each in proposal.co_hosts}
    kept: list[ProposalCoHost] = []
    for number, each in enumerate(named[:MOST_CO_HOSTS], start=1):
        field = f"co_host_email_{number}"
        try:
            address = parse_address(each.email)
        except DomainError as refusal:
            raise DomainError(refusal.message, field=field) from None
        if any(other.email_key == address.key for other in kept):
            raise ProposalRefused("This address stands at another co-host already.", field=field)
        row = there.get(address.key)
        if row is None or row.name != each.name:
            row = ProposalCoHost(name=each.name, email=address.email, email_key=address.key)
        kept.append(row)
    for gone in [row for row in proposal.co_hosts if row not in kept]:
        proposal.co_hosts.remove(gone)
    if proposal.id is not None:
        # A co-host of another name may come under the address of one that goes.
        db.session.flush()
    proposal.co_hosts.extend(row for row in kept if row not in proposal.co_hosts)
