"""Reads of calls for sessions and of what was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..models import (
    Forum,
    ForumSession,
    ProposedSpeaker,
    SessionCall,
    SessionCallMember,
    SessionProposal,
    SessionReview,
)
from ..session_call_enums import SessionCallState, SessionProposalState
from .told_of_sessions import told_minutes

_WHOLE_CALL = (
    joinedload(SessionCall.forum),
    selectinload(SessionCall.criteria),
    selectinload(SessionCall.members).joinedload(SessionCallMember.account),
)
_WHOLE = (
    joinedload(SessionProposal.call).options(*_WHOLE_CALL),
    joinedload(SessionProposal.account),
    joinedload(SessionProposal.session).joinedload(ForumSession.slot),
    selectinload(SessionProposal.speakers).joinedload(ProposedSpeaker.economy),
)


@dataclass(frozen=True)
class SentCount:
    """How many proposals a call got, and how many of those were withdrawn."""

    sent: int
    withdrawn: int


def calls_of(forum: Forum) -> list[SessionCall]:
    """Return every call of a forum, the newest first, for its organisers."""
    statement = select(SessionCall).where(SessionCall.forum_id == forum.id).options(*_WHOLE_CALL)
    return list(db.session.scalars(statement.order_by(SessionCall.id.desc())))


def public_calls(forum: Forum) -> list[SessionCall]:
    """Return the calls that everybody sees, the one that closes last first."""
    statement = select(SessionCall).where(SessionCall.forum_id == forum.id, SessionCall.state != SessionCallState.DRAFT)
    return list(db.session.scalars(statement.order_by(SessionCall.closes_at.desc(), SessionCall.id)))


def call_of(forum: Forum, call_id: int, *, also_drafts: bool = False) -> Select[SessionCall]:
    """Select one call of the forum; a draft only where it is asked for."""
    statement = select(SessionCall).where(SessionCall.forum_id == forum.id, SessionCall.id == call_id)
    statement = statement.options(*_WHOLE_CALL)
    return statement if also_drafts else statement.where(SessionCall.state != SessionCallState.DRAFT)


def proposals_by(call: SessionCall, account_id: int) -> list[SessionProposal]:
    """Return what a person has proposed, drafts too, the newest first."""
    theirs = (SessionProposal.call_id == call.id, SessionProposal.account_id == account_id)
    return list(db.session.scalars(select(SessionProposal).where(*theirs).order_by(SessionProposal.id.desc())))


def sent_by(call: SessionCall, account_id: int) -> int:
    """Return how many proposals a person has sent to a call and not withdrawn."""
    uncounted = (SessionProposalState.DRAFT, SessionProposalState.WITHDRAWN)
    theirs = (SessionProposal.call_id == call.id, SessionProposal.account_id == account_id)
    statement = select(func.count()).select_from(SessionProposal)
    return db.session.scalar(statement.where(*theirs, SessionProposal.state.not_in(uncounted))) or 0


def own_session_proposal(call: SessionCall, account_id: int, proposal_id: int) -> Select[SessionProposal]:
    """Select a proposal of this person to this call."""
    return (
        select(SessionProposal)
        .where(
            SessionProposal.id == proposal_id,
            SessionProposal.call_id == call.id,
            SessionProposal.account_id == account_id,
        )
        .options(*_WHOLE)
    )


def sent_sessions(call: SessionCall, among: Sequence[int] | None = None) -> list[SessionProposal]:
    """Return what was sent to a call with its reviews, in the order of sending; drafts belong to their persons."""
    statement = select(SessionProposal).where(
        SessionProposal.call_id == call.id, SessionProposal.state != SessionProposalState.DRAFT
    )
    if among is not None:
        statement = statement.where(SessionProposal.id.in_(among))
    reviews = selectinload(SessionProposal.reviews).selectinload(SessionReview.scores)
    ordered = statement.options(*_WHOLE, reviews).order_by(SessionProposal.sent_at, SessionProposal.id)
    return list(db.session.scalars(ordered))


def sent_session(call: SessionCall, proposal_id: int) -> Select[SessionProposal]:
    """Select a proposal that was sent to this call, with its reviews and who wrote them."""
    reviews = selectinload(SessionProposal.reviews)
    return (
        select(SessionProposal)
        .where(
            SessionProposal.id == proposal_id,
            SessionProposal.call_id == call.id,
            SessionProposal.state != SessionProposalState.DRAFT,
        )
        .options(*_WHOLE, reviews.selectinload(SessionReview.scores), reviews.joinedload(SessionReview.account))
    )


def counts_by_call(forum: Forum) -> dict[int, SentCount]:
    """Return how many proposals were sent to each call of a forum, by the call's id."""
    withdrawn = func.count().filter(SessionProposal.state == SessionProposalState.WITHDRAWN)
    statement = (
        select(SessionProposal.call_id, func.count(), withdrawn)
        .join(SessionProposal.call)
        .where(SessionCall.forum_id == forum.id, SessionProposal.state != SessionProposalState.DRAFT)
        .group_by(SessionProposal.call_id)
    )
    return {call_id: SentCount(sent, withdrawn) for call_id, sent, withdrawn in db.session.execute(statement)}


def reviews_by_member(call: SessionCall) -> dict[int, int]:
    """Return how many proposals each person has scored, account id to count."""
    statement = (
        select(SessionReview.account_id, func.count())
        .join(SessionReview.proposal)
        .where(SessionProposal.call_id == call.id)
        .group_by(SessionReview.account_id)
    )
    return dict(db.session.execute(statement).all())


def speaking_in(forum: Forum, email_key: str, speaker_id: int) -> Select[ProposedSpeaker]:
    """Select a speaker of something accepted, named with this address."""
    return (
        select(ProposedSpeaker)
        .join(ProposedSpeaker.proposal)
        .join(SessionProposal.call)
        .where(
            SessionCall.forum_id == forum.id,
            ProposedSpeaker.id == speaker_id,
            ProposedSpeaker.email_key == email_key,
            SessionProposal.state.in_((SessionProposalState.ACCEPTED, SessionProposalState.CONFIRMED)),
        )
        .options(joinedload(ProposedSpeaker.proposal).joinedload(SessionProposal.call))
    )


def wished_minutes(forum: Forum) -> dict[int, int]:
    """Return how long sessions are to be as the organiser or else their proposer said, session id to minutes."""
    statement = (
        select(SessionProposal.session_id, SessionProposal.minutes)
        .join(SessionProposal.call)
        .where(SessionCall.forum_id == forum.id)
    )
    found = db.session.execute(statement)
    proposed = {session_id: minutes for session_id, minutes in found if session_id is not None and minutes is not None}
    return proposed | told_minutes(forum)


def has_closed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a call takes nothing more."""
    over = and_(SessionCall.state == SessionCallState.PUBLISHED, SessionCall.closes_at <= now)
    return or_(SessionCall.state == SessionCallState.CLOSED, over)
