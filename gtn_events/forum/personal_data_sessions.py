"""What calls for sessions keep about a person: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

from .domain.session_calls.drafts import delete_session_draft
from .models import ProposedSpeaker, SessionCallMember, SessionProposal, SessionReview
from .notifications_sessions import key_of
from .session_call_enums import SessionProposalState

ERASED = "Erased person"


def export_sessions(account: Account) -> dict[str, Any]:
    """Return what a person proposed, where they are named as a speaker, and what they scored, JSON-ready."""
    proposed = list(db.session.scalars(_proposed(account)))
    answers = export_answers([each.answer_set_id for each in proposed if each.answer_set_id is not None])
    named = select(ProposedSpeaker).where(ProposedSpeaker.email_key == account.email_key)
    scored = select(SessionReview).where(SessionReview.account_id == account.id)
    member = select(SessionCallMember).where(SessionCallMember.account_id == account.id)
    return {
        "proposed_sessions": [
            _told(each) | {"answers": answers.get(each.answer_set_id, {}) if each.answer_set_id else {}}
            for each in proposed
        ],
        "named_as_a_speaker": [
            {
                "session": each.proposal.title,
                "named_as": each.name,
                "economy": each.economy_code,
                "biography": each.biography,
                "comes": each.confirmed_at is not None,
            }
            for each in db.session.scalars(named.order_by(ProposedSpeaker.id))
        ],
        "session_scores": [
            {
                "session": each.proposal.title,
                "scores": {score.criterion.name: score.score for score in each.scores},
                "comment": each.comment,
                "at": each.saved_at.isoformat(),
            }
            for each in db.session.scalars(scored.order_by(SessionReview.id))
        ],
        "on_committees": [
            {"call": each.call.title, "forum": each.call.forum.title, "since": each.named_at.isoformat()}
            for each in db.session.scalars(member.order_by(SessionCallMember.id))
        ],
    }


def erase_sessions(account: Account, now: datetime) -> None:
    """Take the person out of calls: drafts go, what was sent stays as a text, scores stay as numbers. Flushes."""
    mails: list[ColumnElement[bool]] = []
    for proposal in list(db.session.scalars(_proposed(account))):
        if proposal.state is SessionProposalState.DRAFT:
            delete_session_draft(proposal, now=now)
            continue
        mails.append(OutboxMail.key.startswith(key_of(proposal.id), autoescape=True))
        proposal.state_reason = None
        if proposal.answer_set_id is not None:
            erase_answers([proposal.answer_set_id], now=now)
        about = (JournalEntry.subject_type == proposal.__tablename__, JournalEntry.subject_id == proposal.id)
        db.session.execute(update(JournalEntry).where(*about).values(reason=None))
    for named in db.session.scalars(select(ProposedSpeaker).where(ProposedSpeaker.email_key == account.email_key)):
        start = f"{key_of(named.proposal_id)}speaker:{named.id}:"
        mails.append(OutboxMail.key.startswith(start, autoescape=True))
        _forget_name(named)
    theirs = OutboxMail.key.startswith("session-call:") & OutboxMail.key.contains(f":member:{account.id}:")
    forget_mails(or_(theirs, *mails))
    db.session.execute(update(SessionReview).where(SessionReview.account_id == account.id).values(comment=""))
    db.session.execute(delete(SessionCallMember).where(SessionCallMember.account_id == account.id))
    db.session.flush()


def _proposed(account: Account) -> Select[SessionProposal]:
    return select(SessionProposal).where(SessionProposal.account_id == account.id).order_by(SessionProposal.id)


def _told(proposal: SessionProposal) -> dict[str, Any]:
    names = ("title", "abstract", "type_name", "minutes", "languages", "state_reason")
    return {
        "forum": proposal.call.forum.title,
        "call": proposal.call.title,
        "state": proposal.state.value,
        **{name: getattr(proposal, name) for name in names},
        "speakers": [{"name": each.name, "email": each.email} for each in proposal.speakers],
        "sent_at": proposal.sent_at.isoformat() if proposal.sent_at else None,
    }


def _forget_name(named: ProposedSpeaker) -> None:
    """Empty a named speaker; in the journal the name stood beside the answer."""
    answered = (
        JournalEntry.subject_type == SessionProposal.__tablename__,
        JournalEntry.subject_id == named.proposal_id,
        JournalEntry.action == "speaker answered",
    )
    for entry in db.session.scalars(select(JournalEntry).where(*answered)):
        if named.name in entry.changes:
            entry.changes = {}
    named.name, named.email, named.email_key = ERASED, "", f"erased-{named.id}"
    named.economy_code, named.biography = None, ""
