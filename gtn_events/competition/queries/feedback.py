"""What an entrant's feedback is made from."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import AssignmentState, RoundState
from ..models import Assignment, Competition, Entry, Round, RoundEntry, Rubric, Scorecard


def entry_of(competition: Competition, account: Account, reference: str) -> Entry | None:
    """Return an entry of the account's own by its reference."""
    statement = select(Entry).where(
        Entry.competition_id == competition.id, Entry.account_id == account.id, Entry.reference == reference
    )
    entry: Entry | None = db.session.scalar(statement)
    return entry


def decided_standings(entry: Entry) -> list[RoundEntry]:
    """Return how the entry left each decided round, with the criteria, in the order of the rounds."""
    rubrics = selectinload(Round.rubrics).selectinload(Rubric.criteria)
    statement = (
        select(RoundEntry)
        .join(Round, Round.id == RoundEntry.round_id)
        .where(RoundEntry.entry_id == entry.id, Round.state == RoundState.DECIDED)
        .options(joinedload(RoundEntry.round).options(rubrics))
        .order_by(Round.number)
    )
    return list(db.session.scalars(statement))


def cards_of_entry(round_: Round, entry: Entry) -> Sequence[Scorecard]:
    """Return the scorecards of an entry that count in a round."""
    statement = (
        select(Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .where(
            Scorecard.round_id == round_.id,
            Assignment.entry_id == entry.id,
            Assignment.state == AssignmentState.SUBMITTED,
            Scorecard.superseded.is_(False),
            Scorecard.excluded_at.is_(None),
        )
    )
    return db.session.scalars(statement).all()
