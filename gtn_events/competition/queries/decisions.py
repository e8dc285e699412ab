"""What a decision is made from: the live entries of a version, the standings of a round, the round after it."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..enums import Standing
from ..models import Entry, EntryCategory, RankingRow, ResultVersion, Round, RoundEntry
from .judging import LIVE_ENTRIES


def candidates_of(version: ResultVersion) -> list[RankingRow]:
    """Return the rows of a version whose entries are live, best first, with their categories."""
    categories = selectinload(Entry.entry_categories).joinedload(EntryCategory.category)
    statement = (
        select(RankingRow)
        .join(Entry, Entry.id == RankingRow.entry_id)
        .where(RankingRow.result_id == version.id, Entry.state.in_(LIVE_ENTRIES))
        .options(joinedload(RankingRow.entry).options(categories, joinedload(Entry.economy)))
        .order_by(RankingRow.rank)
    )
    return list(db.session.scalars(statement))


def standings_of(round_: Round) -> list[RoundEntry]:
    """Return every entry of a round as it stands there."""
    statement = select(RoundEntry).where(RoundEntry.round_id == round_.id).options(joinedload(RoundEntry.entry))
    return list(db.session.scalars(statement))


def standings_by_entry(round_: Round, entry_ids: Iterable[int]) -> dict[int, RoundEntry]:
    """Return how certain entries stand in a round."""
    statement = select(RoundEntry).where(RoundEntry.round_id == round_.id, RoundEntry.entry_id.in_(list(entry_ids)))
    return {row.entry_id: row for row in db.session.scalars(statement)}


def standing_counts(round_: Round) -> dict[Standing, int]:
    """Return how many entries have each standing."""
    statement = (
        select(RoundEntry.standing, func.count()).where(RoundEntry.round_id == round_.id).group_by(RoundEntry.standing)
    )
    counts = dict.fromkeys(Standing, 0)
    for standing, count in db.session.execute(statement):
        counts[standing] = count
    return counts


def reserve_entry(round_: Round, reference: str) -> RoundEntry | None:
    """Return an entry of the reserve list by its reference."""
    statement = (
        select(RoundEntry)
        .join(Entry, Entry.id == RoundEntry.entry_id)
        .where(RoundEntry.round_id == round_.id, RoundEntry.standing == Standing.RESERVE, Entry.reference == reference)
        .options(joinedload(RoundEntry.entry))
    )
    found: RoundEntry | None = db.session.scalar(statement)
    return found


def next_round(round_: Round) -> Round | None:
    """Return the round that comes after this one."""
    statement = (
        select(Round)
        .where(Round.competition_id == round_.competition_id, Round.number > round_.number)
        .order_by(Round.number)
        .limit(1)
    )
    following: Round | None = db.session.scalar(statement)
    return following
