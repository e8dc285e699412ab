"""The figures of the call, counted by the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order

from ..enums import EntryState
from ..models import Competition, CompetitionCategory, Entry, EntryCategory, EntryDraft

WAITING = (EntryState.SUBMITTED, EntryState.LATE)
LIVE = tuple(state for state in EntryState if state.is_live)


@dataclass(frozen=True)
class EconomyRow:
    """Live entries of one economy: admitted, and not decided on yet; ``limit`` is None where there is none."""

    code: str
    name: str
    admitted: int
    waiting: int
    limit: int | None

    @property
    def total(self) -> int:
        return self.admitted + self.waiting


def counts_by_state(competition: Competition) -> dict[EntryState, int]:
    """Return how many entries are in each state; every state is there."""
    statement = select(Entry.state, func.count()).where(Entry.competition_id == competition.id).group_by(Entry.state)
    found = dict(db.session.execute(statement).all())
    return {state: found.get(state, 0) for state in EntryState}


def waiting_count(competition: Competition) -> int:
    """Return how many entries wait for a decision."""
    statement = select(func.count()).where(Entry.competition_id == competition.id, Entry.state.in_(WAITING))
    return db.session.scalar(statement) or 0


def oldest_waiting_at(competition: Competition) -> datetime | None:
    """Return when the entry that has waited longest was sent."""
    statement = select(func.min(Entry.submitted_at)).where(
        Entry.competition_id == competition.id, Entry.state.in_(WAITING)
    )
    return db.session.scalar(statement)


def drafts_under_way(competition: Competition) -> int:
    """Return how many drafts there are that were not sent."""
    statement = select(func.count()).where(EntryDraft.competition_id == competition.id)
    return db.session.scalar(statement) or 0


def entries_by_economy(competition: Competition) -> list[EconomyRow]:
    """Return the live entries of every economy, in protocol order."""
    statement = (
        select(Entry.economy_code, Entry.state, func.count())
        .where(Entry.competition_id == competition.id, Entry.state.in_(LIVE))
        .group_by(Entry.economy_code, Entry.state)
    )
    found = {(code, state): count for code, state, count in db.session.execute(statement)}
    return [
        EconomyRow(
            code=economy.code,
            name=economy.short_name,
            admitted=found.get((economy.code, EntryState.ADMITTED), 0),
            waiting=sum(found.get((economy.code, state), 0) for state in WAITING),
            limit=limit_of(competition, economy.code),
        )
        for economy in economies_in_order()
    ]


def limit_of(competition: Competition, economy_code: str) -> int | None:
    """Return how many live entries an economy may have, None for any number."""
    if economy_code == competition.host_economy_code and competition.host_limit is not None:
        return competition.host_limit
    return competition.economy_limit


def entries_by_category(competition: Competition) -> list[tuple[str, int]]:
    """Return the categories in their order, each with its live entries."""
    statement = (
        select(CompetitionCategory.label, func.count(Entry.id))
        .outerjoin(EntryCategory, EntryCategory.category_id == CompetitionCategory.id)
        .outerjoin(Entry, and_(Entry.id == EntryCategory.entry_id, Entry.state.in_(LIVE)))
        .where(CompetitionCategory.competition_id == competition.id)
        .group_by(CompetitionCategory.id, CompetitionCategory.label, CompetitionCategory.position)
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    return [(label, count) for label, count in db.session.execute(statement)]
