"""Reads of training: the samples of a round, who has scored them, and what is left for one judge."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import EntryState, JudgeState, RoundState
from ..models import Assignment, Competition, Entry, Judge, Round, TrainingEntry, TrainingScorecard
from .judging import SEEN_SEATS


def trainings_of(round_: Round) -> Sequence[TrainingEntry]:
    """Return the samples of a round in their order."""
    statement = select(TrainingEntry).where(TrainingEntry.round_id == round_.id).order_by(TrainingEntry.number)
    return db.session.scalars(statement).all()


def training_of(round_: Round, training_id: int) -> TrainingEntry | None:
    """Return one sample of this round."""
    found: TrainingEntry | None = db.session.scalar(
        select(TrainingEntry).where(TrainingEntry.round_id == round_.id, TrainingEntry.id == training_id)
    )
    return found


def training_cards(training: TrainingEntry) -> Sequence[TrainingScorecard]:
    """Return what the judges gave a sample, with the judges, in the order of their numbers."""
    statement = (
        select(TrainingScorecard)
        .join(TrainingScorecard.judge)
        .where(TrainingScorecard.training_id == training.id)
        .options(joinedload(TrainingScorecard.judge))
        .order_by(Judge.number)
    )
    return db.session.scalars(statement).all()


def own_training_card(training: TrainingEntry, judge: Judge) -> TrainingScorecard | None:
    """Return what a judge gave a sample."""
    found: TrainingScorecard | None = db.session.scalar(
        select(TrainingScorecard).where(
            TrainingScorecard.training_id == training.id, TrainingScorecard.judge_id == judge.id
        )
    )
    return found


def done_by(judge: Judge, round_: Round) -> set[int]:
    """Return the ids of the samples of a round that a judge has scored."""
    statement = (
        select(TrainingScorecard.training_id)
        .join(TrainingEntry, TrainingEntry.id == TrainingScorecard.training_id)
        .where(TrainingEntry.round_id == round_.id, TrainingScorecard.judge_id == judge.id)
    )
    return set(db.session.scalars(statement))


def has_to_train(judge_id: int, round_id: int) -> bool:
    """Say whether a sample that comes first waits for the judge while the round is open."""
    scored = exists().where(TrainingScorecard.training_id == TrainingEntry.id, TrainingScorecard.judge_id == judge_id)
    statement = select(
        exists()
        .where(TrainingEntry.round_id == round_id, TrainingEntry.comes_first, ~scored)
        .where(Round.id == TrainingEntry.round_id, Round.state == RoundState.OPEN)
    )
    return bool(db.session.scalar(statement))


def count_training_cards(training: TrainingEntry) -> int:
    """Return how many judges have scored a sample."""
    statement = select(func.count()).where(TrainingScorecard.training_id == training.id)
    return db.session.scalar(statement) or 0


def judges_of_round(round_: Round) -> Sequence[Judge]:
    """Return the judges who have a seat in a round that they may see, in the order of their numbers."""
    seated = exists().where(
        Assignment.judge_id == Judge.id, Assignment.round_id == round_.id, Assignment.state.in_(SEEN_SEATS)
    )
    statement = select(Judge).where(seated, Judge.state == JudgeState.ACCEPTED).order_by(Judge.number)
    return db.session.scalars(statement).all()


def earlier_entries(competition: Competition, *, most: int) -> Sequence[Entry]:
    """Return admitted entries of the edition that this one was made from, by title."""
    statement = (
        select(Entry)
        .where(Entry.competition_id == competition.cloned_from_id, Entry.state == EntryState.ADMITTED)
        .order_by(Entry.sort_title, Entry.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def earlier_entry(competition: Competition, reference: str) -> Entry | None:
    """Return one of them by its number."""
    found: Entry | None = db.session.scalar(
        select(Entry).where(
            Entry.competition_id == competition.cloned_from_id,
            Entry.state == EntryState.ADMITTED,
            Entry.reference == reference,
        )
    )
    return found
