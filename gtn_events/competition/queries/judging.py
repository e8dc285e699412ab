"""What a judge may see: their own seats, never an entry they have a conflict with. All of it is decided in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import AssignmentState, ConflictState, EntryState, JudgeState, RoundState
from ..models import (
    Assignment,
    Competition,
    Conflict,
    Entry,
    Judge,
    JudgeDeclaration,
    Round,
    Scorecard,
    ScorecardDraft,
)

SEEN_ROUNDS = (RoundState.OPEN, RoundState.SCORED, RoundState.DECIDED)
SEEN_SEATS = (AssignmentState.RELEASED, AssignmentState.STARTED, AssignmentState.SUBMITTED)
LIVE_ENTRIES = tuple(state for state in EntryState if state.is_live)
FORBIDDING = tuple(state for state in ConflictState if state.forbids)


def judge_of(competition: Competition, account: Account) -> Judge | None:
    """Return the account as a judge of this competition who has accepted."""
    statement = select(Judge).where(
        Judge.competition_id == competition.id, Judge.account_id == account.id, Judge.state == JudgeState.ACCEPTED
    )
    judge: Judge | None = db.session.scalar(statement)
    return judge


def rounds_of(judge: Judge) -> list[Round]:
    """Return the rounds in which the judge has or had a seat, the newest first."""
    statement = (
        select(Round)
        .where(
            Round.state.in_(SEEN_ROUNDS),
            exists().where(
                Assignment.round_id == Round.id,
                Assignment.judge_id == judge.id,
                Assignment.state.in_((*SEEN_SEATS, AssignmentState.RECUSED)),
            ),
        )
        .order_by(Round.number.desc())
    )
    return list(db.session.scalars(statement))


def round_of(judge: Judge, number: int) -> Round | None:
    """Return one of the judge's rounds."""
    return next((each for each in rounds_of(judge) if each.number == number), None)


def seats_of(judge: Judge, round_: Round) -> Select[Assignment]:
    """Select the judge's seats of a round that they may see, with the entries, in the order of the queue."""
    return (
        select(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Assignment.judge_id == judge.id,
            Assignment.round_id == round_.id,
            Assignment.state.in_(SEEN_SEATS),
            Round.state.in_(SEEN_ROUNDS),
            Entry.state.in_(LIVE_ENTRIES),
            ~_conflict(Assignment.judge_id, Assignment.entry_id),
        )
        .options(joinedload(Assignment.entry))
        .order_by(Assignment.position, Assignment.id)
    )


def recused_count(judge: Judge, round_: Round) -> int:
    """Return how many seats the judge gave up; which ones they were stands nowhere."""
    statement = (
        select(func.count())
        .select_from(Assignment)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Assignment.judge_id == judge.id,
            Assignment.round_id == round_.id,
            Assignment.state == AssignmentState.RECUSED,
            Entry.state.in_(LIVE_ENTRIES),
        )
    )
    return db.session.scalar(statement) or 0


def has_conflict(judge_id: int, entry_id: int) -> bool:
    """Say whether a conflict of interest keeps the judge from the entry."""
    return bool(db.session.scalar(select(_conflict(judge_id, entry_id))))


def declaration_of(judge: Judge, round_: Round) -> JudgeDeclaration | None:
    """Return what the judge signed for a round."""
    statement = select(JudgeDeclaration).where(
        JudgeDeclaration.judge_id == judge.id, JudgeDeclaration.round_id == round_.id
    )
    declaration: JudgeDeclaration | None = db.session.scalar(statement)
    return declaration


def draft_of(assignment: Assignment) -> ScorecardDraft | None:
    """Return the draft of a seat."""
    draft: ScorecardDraft | None = db.session.scalar(
        select(ScorecardDraft).where(ScorecardDraft.assignment_id == assignment.id)
    )
    return draft


def current_scorecard(assignment: Assignment) -> Scorecard | None:
    """Return the version of a seat that stands."""
    statement = select(Scorecard).where(Scorecard.assignment_id == assignment.id, Scorecard.superseded.is_(False))
    scorecard: Scorecard | None = db.session.scalar(statement)
    return scorecard


def versions_of(assignment: Assignment) -> Sequence[Scorecard]:
    """Return all submitted versions of a seat, the newest first."""
    statement = select(Scorecard).where(Scorecard.assignment_id == assignment.id).order_by(Scorecard.number.desc())
    return db.session.scalars(statement).all()


def others_on_panel(assignment: Assignment) -> Sequence[tuple[int, Scorecard]]:
    """Return what the other judges gave the same entry in this round, each with the number of its judge."""
    statement = (
        select(Judge.number, Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(
            Assignment.round_id == assignment.round_id,
            Assignment.entry_id == assignment.entry_id,
            Assignment.id != assignment.id,
            Scorecard.superseded.is_(False),
            Scorecard.excluded_at.is_(None),
        )
        .order_by(Judge.number)
    )
    return [(number, scorecard) for number, scorecard in db.session.execute(statement)]


def submission_times(judge: Judge, round_: Round) -> list[datetime]:
    """Return when the judge first submitted each scorecard of a round, in order."""
    statement = (
        select(Scorecard.submitted_at)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .where(Assignment.judge_id == judge.id, Scorecard.round_id == round_.id, Scorecard.number == 1)
        .order_by(Scorecard.submitted_at)
    )
    return list(db.session.scalars(statement))


def waiting_of_account(account: Account) -> list[tuple[Competition, Round, int]]:
    """Return each open round in which scorecards wait for the account, and how many."""
    statement = (
        select(Competition, Round, func.count(Assignment.id))
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Competition, Competition.id == Round.competition_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Judge.account_id == account.id,
            Judge.state == JudgeState.ACCEPTED,
            Assignment.state.in_((AssignmentState.RELEASED, AssignmentState.STARTED)),
            Round.state == RoundState.OPEN,
            Entry.state.in_(LIVE_ENTRIES),
            ~_conflict(Assignment.judge_id, Assignment.entry_id),
        )
        .group_by(Competition.id, Round.id)
        .order_by(Round.closes_at)
    )
    return [(competition, round_, count) for competition, round_, count in db.session.execute(statement)]


def late_seats_of_account(account: Account, *, now: datetime) -> list[tuple[Competition, Round, datetime]]:
    """Return the seats of closed rounds that an appeal has given to the account and that still take a score."""
    statement = (
        select(Competition, Round, Assignment.scores_until)
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Competition, Competition.id == Round.competition_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Judge.account_id == account.id,
            Judge.state == JudgeState.ACCEPTED,
            Assignment.state.in_((AssignmentState.RELEASED, AssignmentState.STARTED)),
            Assignment.scores_until > now,
            Round.state.in_((RoundState.SCORED, RoundState.DECIDED)),
            Entry.state.in_(LIVE_ENTRIES),
            ~_conflict(Assignment.judge_id, Assignment.entry_id),
        )
        .order_by(Assignment.scores_until)
    )
    found = db.session.execute(statement)
    return [(competition, round_, until) for competition, round_, until in found if until is not None]


def _conflict(judge_id: object, entry_id: object) -> ColumnElement[bool]:
    """Return the condition that a conflict forbids; ids or columns."""
    return exists().where(Conflict.judge_id == judge_id, Conflict.entry_id == entry_id, Conflict.state.in_(FORBIDDING))
