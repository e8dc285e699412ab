"""What a proposer types: kept as it is while it is a draft, whole once it was sent, until the call closes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.models import AnswerSet

from ...enums import ForumState
from ...errors import SessionProposalRefused
from ...models import ProposedSpeaker, SessionCall, SessionProposal
from ...session_call_enums import SessionProposalState as State
from .calls import lock_call
from .rules import MOST_SPEAKERS, questions_for_proposal, what_a_session_lacks, why_no_more
from .state_change import lock_session_proposal

MOST_DRAFTS = 10


@dataclass(frozen=True)
class NamedSpeaker:
    """A speaker as the proposer names them; ``biography`` is Markdown."""

    name: str
    email: str
    economy_code: str | None = None
    biography: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionTexts:
    """Everything a proposer says; ``answers`` are to the call's own questions, key to stored value."""

    title: str
    abstract: str
    type_name: str
    minutes: int | None
    languages: Sequence[str]
    speakers: Sequence[NamedSpeaker]
    answers: Mapping[str, Any]  # Any: answers as JSON


def takes_sessions(call: SessionCall, *, now: datetime) -> bool:
    """Say whether something can be begun, changed and sent at this moment."""
    return call.forum.state is ForumState.PUBLISHED and call.is_open(now)


def begin_session_proposal(call: SessionCall, texts: SessionTexts, *, actor: Account, now: datetime) -> SessionProposal:
    """Return a new draft, seen by its person alone.

    Raises:
        SessionProposalRefused: the call is not open, or takes no more of the person, or they have too many drafts.
        DomainError: the address of a speaker is none.

    Flushes; the caller commits.
    """
    lock_call(call)
    require_open(call, now=now)
    if why := why_no_more(call, actor.id):
        raise SessionProposalRefused(why)
    drafts = select(func.count()).where(
        SessionProposal.call_id == call.id,
        SessionProposal.account_id == actor.id,
        SessionProposal.state == State.DRAFT,
    )
    if (db.session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise SessionProposalRefused(_("You have %(most)d drafts. Send or delete one of them first.", most=MOST_DRAFTS))
    proposal = SessionProposal(
        call=call, account=actor, state=State.DRAFT, state_changed_at=now, created_at=now, saved_at=now
    )
    db.session.add(proposal)
    _take(proposal, texts, now=now)
    return proposal


def save_session_proposal(
    proposal: SessionProposal, texts: SessionTexts, *, seen: int | None, actor: Account, now: datetime
) -> None:
    """Keep what was typed. What was sent can be changed until the call closes, and stays whole.

    Raises:
        Stale: it was saved elsewhere since it was seen.
        SessionProposalRefused: the call has closed, it is decided or scored, or would lack something.
        DomainError: the address of a speaker is none.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    require_open(proposal.call, now=now)
    if proposal.state not in (State.DRAFT, State.RECEIVED):
        raise SessionProposalRefused(
            _("This proposal is %(state)s, so its text stays.", state=proposal.state.label.lower())
        )
    if proposal.reviews:
        raise SessionProposalRefused(_("The committee has scored this proposal, so its text stays."))
    if seen != proposal.lock_version:
        raise Stale(_("You saved this proposal in another window meanwhile. Look at it again, then repeat the change."))
    _take(proposal, texts, now=now)
    if proposal.state is State.RECEIVED:
        for missing in what_a_session_lacks(proposal):
            raise SessionProposalRefused(missing.sentence, field=missing.field)
        record("proposed session changed", proposal, actor=actor, now=now, scope=proposal.scope)


def delete_session_draft(proposal: SessionProposal, *, now: datetime) -> None:
    """Throw a draft away that was never sent, with its answers and files.

    Raises:
        SessionProposalRefused: it was sent; it can be withdrawn.

    Flushes; the caller commits.
    """
    lock_session_proposal(proposal)
    if proposal.state is not State.DRAFT:
        raise SessionProposalRefused(_("This proposal was sent. Withdraw it instead."))
    answer_set_id = proposal.answer_set_id
    db.session.delete(proposal)
    db.session.flush()
    if answer_set_id is not None:
        erase_answers([answer_set_id], now=now)
        db.session.execute(delete(AnswerSet).where(AnswerSet.id == answer_set_id))


def require_open(call: SessionCall, *, now: datetime) -> None:
    """Raise ``SessionProposalRefused`` unless the call takes proposals now."""
    if not takes_sessions(call, now=now):
        raise SessionProposalRefused(_("“%(title)s” takes no proposals now. What was saved is kept.", title=call.title))


def _take(proposal: SessionProposal, texts: SessionTexts, *, now: datetime) -> None:
    proposal.title, proposal.abstract = texts.title, texts.abstract
    proposal.type_name, proposal.minutes = texts.type_name, texts.minutes
    proposal.languages = list(texts.languages)
    proposal.saved_at = now
    _take_speakers(proposal, texts.speakers)
    version = questions_for_proposal(proposal)
    if version is not None:
        proposal.answer_set = store_answers(
            proposal.answer_set, version, texts.answers, now=now, purge_on=proposal.call.forum.purge_sensitive_on
        )
    db.session.flush()


def _take_speakers(proposal: SessionProposal, named: Sequence[NamedSpeaker]) -> None:
    rows: list[ProposedSpeaker] = []
    for number, each in enumerate(named[:MOST_SPEAKERS], start=1):
        try:
            address = parse_address(each.email)
        except DomainError as refusal:
            raise DomainError(refusal.message, field=f"speaker_email_{number}") from None
        if any(other.email_key == address.key for other in rows):
            raise SessionProposalRefused(
                _("This address stands at another speaker already."), field=f"speaker_email_{number}"
            )
        row = ProposedSpeaker(name=each.name, email=address.email, email_key=address.key, position=number)
        row.economy_code, row.biography = each.economy_code, each.biography
        rows.append(row)
    proposal.speakers.clear()
    # The same addresses may come again.
    db.session.flush()
    proposal.speakers.extend(rows)
