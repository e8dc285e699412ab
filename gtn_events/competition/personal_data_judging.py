"""What the competition keeps about a judge: told in the export, let go in the erasure.

Scorecards stay with their words: a published result is computed from them, and their chain vouches for every
letter. Nothing says any more whose they are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, delete, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails

from .domain.given import Given
from .enums import AssignmentState, ConflictSource, JudgeState
from .models import Assignment, Conflict, Entry, Judge, JudgeDeclaration, Scorecard, ScorecardDraft, TrainingScorecard
from .queries.judging import FORBIDDING
from .words import words_of_tie

Kept = TypeVar("Kept", Scorecard, ScorecardDraft)
UNFINISHED = (AssignmentState.PLANNED, AssignmentState.RELEASED, AssignmentState.STARTED)
MAILS = ("judge-invitation", "judge-declined", "judge-entries", "judge-reminder")


def export_judging(account: Account) -> list[dict[str, Any]]:
    """Return each invitation to judge with what was signed, declared, drafted and submitted, JSON-ready.

    An entry that a conflict of interest keeps from the judge is not named.
    """
    return [_told(judge) for judge in _judges_of(account)]


def erase_judging(account: Account, now: datetime) -> None:
    """Take the person out of what they judged; seats without a scorecard are taken back, drafts deleted, training too.

    Number, economy and scorecards of a judge stay: results have to be verifiable.
    """
    judges = _judges_of(account)
    if not judges:
        return
    ids = [judge.id for judge in judges]
    seats = select(Assignment.id).where(Assignment.judge_id.in_(ids))
    db.session.execute(delete(ScorecardDraft).where(ScorecardDraft.assignment_id.in_(seats)))
    db.session.execute(delete(TrainingScorecard).where(TrainingScorecard.judge_id.in_(ids)))
    unfinished = update(Assignment).where(Assignment.judge_id.in_(ids), Assignment.state.in_(UNFINISHED))
    db.session.execute(unfinished.values(state=AssignmentState.REMOVED, state_changed_at=now))
    db.session.execute(update(Assignment).where(Assignment.judge_id.in_(ids)).values(reason=""))
    db.session.execute(update(Conflict).where(Conflict.judge_id.in_(ids)).values(detail="", reason=""))
    db.session.execute(update(JudgeDeclaration).where(JudgeDeclaration.judge_id.in_(ids)).values(typed_name=""))
    _forget_words(ids, db.session.scalars(seats).all())
    for judge in judges:
        _empty(judge)
    db.session.flush()


def _judges_of(account: Account) -> Sequence[Judge]:
    """Return the invitations that the person answered, and those that wait at their address."""
    waiting = and_(Judge.account_id.is_(None), Judge.email_key == account.email_key)
    statement = (
        select(Judge)
        .where(or_(Judge.account_id == account.id, waiting))
        .options(joinedload(Judge.competition))
        .order_by(Judge.id)
    )
    return db.session.scalars(statement).all()


def _forget_words(judge_ids: Sequence[int], seat_ids: Sequence[int]) -> None:
    about_them = or_(
        and_(JournalEntry.subject_type == Judge.__tablename__, JournalEntry.subject_id.in_(judge_ids)),
        and_(JournalEntry.subject_type == Assignment.__tablename__, JournalEntry.subject_id.in_(seat_ids)),
    )
    db.session.execute(update(JournalEntry).where(about_them).values(reason=None))
    prefixes = [f"{kind}:{judge_id}:" for kind in MAILS for judge_id in judge_ids]
    prefixes += [f"recusal:{seat_id}:" for seat_id in seat_ids]
    forget_mails(or_(*(OutboxMail.key.startswith(prefix) for prefix in prefixes)))


def _empty(judge: Judge) -> None:
    judge.name, judge.email, judge.email_key = "Erased person", "", f"erased:{judge.id}"
    judge.organisation_name = judge.reason = judge.substitute = ""
    judge.languages, judge.account_id = [], None
    if judge.state in {JudgeState.INVITED, JudgeState.ACCEPTED}:
        judge.state = JudgeState.LEFT


def _told(judge: Judge) -> dict[str, Any]:
    return {
        "competition": judge.competition.title,
        "number": judge.number,
        "state": judge.state.value,
        "name": judge.name,
        "email": judge.email,
        "organisation": judge.organisation_name,
        "economy": judge.economy_code,
        "topics": judge.topics,
        "languages": judge.languages,
        "invited_at": judge.invited_at.isoformat(),
        "answered_at": judge.answered_at.isoformat() if judge.answered_at else None,
        "reason": judge.reason,
        "substitute": judge.substitute,
        "declarations": _declarations(judge),
        "conflicts": _conflicts(judge),
        "drafts": _drafts(judge),
        "scorecards": _scorecards(judge),
        "training": _training(judge),
    }


def _declarations(judge: Judge) -> list[dict[str, Any]]:
    statement = (
        select(JudgeDeclaration)
        .where(JudgeDeclaration.judge_id == judge.id)
        .options(joinedload(JudgeDeclaration.round))
        .order_by(JudgeDeclaration.id)
    )
    return [
        {
            "round": each.round.title,
            "text": each.text,
            "typed_name": each.typed_name,
            "signed_at": each.signed_at.isoformat(),
        }
        for each in db.session.scalars(statement)
    ]


def _conflicts(judge: Judge) -> list[dict[str, Any]]:
    statement = select(Conflict).where(Conflict.judge_id == judge.id).order_by(Conflict.id)
    return [
        {
            "source": each.source.value,
            "state": each.state.value,
            # What an entrant or the organiser wrote would tell which entry it is.
            "detail": words_of_tie(each.detail) if each.source is ConflictSource.JUDGE else "",
            "noted_at": each.noted_at.isoformat(),
        }
        for each in db.session.scalars(statement)
    ]


def _drafts(judge: Judge) -> list[dict[str, Any]]:
    names = _entry_names(judge)
    return [
        _words(draft, names) | {"saved_at": draft.saved_at.isoformat()}
        for draft in db.session.scalars(_of_judge(select(ScorecardDraft), ScorecardDraft, judge))
    ]


def _scorecards(judge: Judge) -> list[dict[str, Any]]:
    names = _entry_names(judge)
    return [
        _words(version, names)
        | {
            "version": version.number,
            "total": str(version.total),
            "reason": version.reason,
            "submitted_at": version.submitted_at.isoformat(),
            "sha256": version.sha256,
        }
        for version in db.session.scalars(_of_judge(select(Scorecard), Scorecard, judge))
    ]


def _training(judge: Judge) -> list[dict[str, Any]]:
    statement = (
        select(TrainingScorecard)
        .where(TrainingScorecard.judge_id == judge.id)
        .options(joinedload(TrainingScorecard.training))
        .order_by(TrainingScorecard.id)
    )
    return [
        {
            "sample": card.training.title,
            "scores": card.scores,
            "comments": card.comments,
            "submitted_at": card.submitted_at.isoformat(),
        }
        for card in db.session.scalars(statement)
    ]


def _of_judge(statement: Select[Kept], kept: type[Scorecard | ScorecardDraft], judge: Judge) -> Select[Kept]:
    seat = contains_eager(kept.assignment)
    joined = statement.join(kept.assignment).join(Assignment.round).where(Assignment.judge_id == judge.id)
    return joined.options(seat.contains_eager(Assignment.round)).order_by(kept.id)


def _entry_names(judge: Judge) -> dict[int, str]:
    """Return the references of the entries that the judge may know, by id."""
    forbidden = select(Conflict.entry_id).where(Conflict.judge_id == judge.id, Conflict.state.in_(FORBIDDING))
    statement = (
        select(Entry.id, Entry.reference)
        .join(Assignment, Assignment.entry_id == Entry.id)
        .where(Assignment.judge_id == judge.id, Entry.id.not_in(forbidden))
    )
    return dict(db.session.execute(statement).all())


def _words(kept: Scorecard | ScorecardDraft, names: dict[int, str]) -> dict[str, Any]:
    given, seat = Given.of(kept), kept.assignment
    return {
        "round": seat.round.title,
        "entry": names.get(seat.entry_id),
        "scores": dict(given.scores),
        "comments": dict(given.comments),
        "to_entrant": given.to_entrant,
        "to_jury": given.to_jury,
        "private": given.private,
    }
