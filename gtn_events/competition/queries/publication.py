"""What everybody may see of results once they are published, and who is told."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState

from ..enums import RoundKind, Standing
from ..models import Competition, Entry, ResultVersion, Round, RoundEntry, Rubric
from .awards import last_decided_round
from .judging import LIVE_ENTRIES


def rounds_in_order(competition: Competition) -> list[Round]:
    """Return the rounds by number."""
    return list(db.session.scalars(select(Round).where(Round.competition_id == competition.id).order_by(Round.number)))


def published_versions(competition: Competition) -> list[ResultVersion]:
    """Return the versions that are public, with rounds and criteria, in the order of the rounds.

    They were fixed when the results were published or, later, corrected; the newest of a round stands.
    """
    rubrics = selectinload(Round.rubrics).selectinload(Rubric.criteria)
    newest = (
        select(func.max(ResultVersion.id))
        .join(Round, Round.id == ResultVersion.round_id)
        .where(Round.competition_id == competition.id, ResultVersion.published_at.is_not(None))
        .group_by(ResultVersion.round_id)
    )
    statement = (
        select(ResultVersion)
        .join(Round, Round.id == ResultVersion.round_id)
        .where(ResultVersion.id.in_(newest))
        .options(joinedload(ResultVersion.round).options(rubrics))
        .order_by(Round.number)
    )
    return list(db.session.scalars(statement))


def publishing_job(competition: Competition, kinds: Collection[str]) -> Job | None:
    """Return the newest job of these kinds that works for the competition or waits to."""
    statement = (
        select(Job)
        .where(
            Job.kind.in_(kinds),
            Job.scope_kind == competition.scope.kind,
            Job.scope_id == competition.scope.id,
            Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
        )
        .order_by(Job.id.desc())
        .limit(1)
    )
    found: Job | None = db.session.scalar(statement)
    return found


def finalists_of(competition: Competition) -> list[Entry]:
    """Return the finalists in the order of their titles, so that their places stay unsaid.

    They are the live entries of the final; before one is decided, those that went on from the last decided round.
    """
    last = last_decided_round(competition)
    if last is None:
        return []
    statement = (
        select(Entry)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == last.id, Entry.state.in_(LIVE_ENTRIES))
        .options(joinedload(Entry.economy))
        .order_by(Entry.sort_title, Entry.id)
    )
    if last.kind is not RoundKind.FINAL:
        statement = statement.where(RoundEntry.standing == Standing.ADVANCED)
    return list(db.session.scalars(statement))


def entrants_after(competition: Competition, account_id: int, *, count: int) -> list[Account]:
    """Return the next people with a live entry, in the order of their ids."""
    statement = (
        select(Account)
        .where(
            Account.id > account_id,
            Account.id.in_(
                select(Entry.account_id).where(Entry.competition_id == competition.id, Entry.state.in_(LIVE_ENTRIES))
            ),
        )
        .order_by(Account.id)
        .limit(count)
    )
    return list(db.session.scalars(statement))
