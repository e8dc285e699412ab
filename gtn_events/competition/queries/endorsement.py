"""Which competitions ask the economies, and how many entries came on a day."""

from datetime import datetime

from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail

from ..enums import CompetitionState, Endorsement, EntryPath
from ..models import Competition, Entry
from .figures import LIVE


def competitions_asking() -> list[Competition]:
    """Return the published competitions in which economies have a say, the nearest close first."""
    statement = (
        select(Competition)
        .where(Competition.entry_path != EntryPath.OPEN, Competition.state == CompetitionState.PUBLISHED)
        .order_by(Competition.entries_close_at, Competition.id)
    )
    return list(db.session.scalars(statement))


def waiting_since(competition: Competition, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many undecided entries were sent from one moment to before another, by the code of the economy."""
    statement = (
        select(Entry.economy_code, func.count())
        .where(
            Entry.competition_id == competition.id,
            Entry.state.in_(LIVE),
            Entry.endorsement == Endorsement.WAITING,
            Entry.submitted_at >= since,
            Entry.submitted_at < until,
        )
        .group_by(Entry.economy_code)
    )
    return dict(db.session.execute(statement).all())


def day_of_last_mail(competition: Competition, template: str, *, before: datetime) -> datetime | None:
    """Return when the day (UTC) began on which the last mail of a kind was written before a moment; None for never."""
    scope = competition.scope
    written = db.session.scalar(
        select(func.max(OutboxMail.created_at)).where(
            OutboxMail.scope_kind == scope.kind,
            OutboxMail.scope_id == scope.id,
            OutboxMail.template == template,
            OutboxMail.created_at < before,
        )
    )
    return written.replace(hour=0, minute=0, second=0, microsecond=0) if written else None
