"""Who is due a certificate of a competition, and the figures that stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import RoundState
from ..models import Assignment, Competition, Entry, Judge, Round, RoundEntry, Scorecard


@dataclass(frozen=True)
class Field:
    """How many there were to choose from, and who chose."""

    entries: int
    economies: int
    rounds: int
    judges: int


def field_of(competition: Competition) -> Field:
    """Return the figures of all decided rounds together."""
    decided = list(
        db.session.scalars(
            select(Round).where(Round.competition_id == competition.id, Round.state == RoundState.DECIDED)
        )
    )
    ids = [each.id for each in decided]
    entries, economies = db.session.execute(
        select(func.count(Entry.id.distinct()), func.count(Entry.economy_code.distinct()))
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id.in_(ids))
    ).one()
    judges = db.session.scalar(
        select(func.count(Assignment.judge_id.distinct()))
        .join(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(Scorecard.round_id.in_(ids))
    )
    return Field(entries, economies, len(decided), judges or 0)


def judged_by_own_economy(entry: Entry) -> bool:
    """Say whether a judge of the entry's own economy scored it, in any round."""
    statement = (
        select(Scorecard.id)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(Assignment.entry_id == entry.id, Judge.economy_code == entry.economy_code)
    )
    return bool(db.session.scalar(select(statement.exists())))


def judges_with_work(competition: Competition) -> Sequence[tuple[Judge, int]]:
    """Return every judge who submitted a scorecard, with the number of entries judged, by number."""
    statement = (
        select(Judge, func.count(Assignment.entry_id.distinct()))
        .join(Assignment, Assignment.judge_id == Judge.id)
        .join(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(Judge.competition_id == competition.id, Scorecard.superseded.is_(False))
        .group_by(Judge.id)
        .options(joinedload(Judge.account), joinedload(Judge.economy))
        .order_by(Judge.number)
    )
    return [(judge, count) for judge, count in db.session.execute(statement)]
