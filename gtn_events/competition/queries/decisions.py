"""What a decision is made from: the live entries of a version, the standings of a round, the round after it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import Standing
from ..models import CompetitionCategory, Entry, EntryCategory, RankingRow, ResultVersion, Round, RoundEntry
from .judging import LIVE_ENTRIES


class CandidateRow(NamedTuple):
    """One live entry of a version, with the keys of its categories in the order of the competition."""

    entry_id: int
    reference: str
    economy: str
    rank: int
    total: Decimal
    decided_by: str
    categories: tuple[str, ...]


def candidates_of(version: ResultVersion) -> list[CandidateRow]:
    """Return the live entries of a version, best first; plain values, since there may be thousands."""
    statement = (
        select(Entry.id, Entry.reference, Entry.economy_code, RankingRow.rank, RankingRow.total, RankingRow.decided_by)
        .join(RankingRow, RankingRow.entry_id == Entry.id)
        .where(RankingRow.result_id == version.id, Entry.state.in_(LIVE_ENTRIES))
        .order_by(RankingRow.rank)
    )
    categories = categories_of_entries(version.round.competition_id)
    return [CandidateRow(*row, tuple(categories.get(row[0], ()))) for row in db.session.execute(statement)]


def categories_of_entries(competition_id: int) -> dict[int, list[str]]:
    """Return the keys of the categories of each entry, in the order of the competition."""
    statement = (
        select(EntryCategory.entry_id, CompetitionCategory.key)
        .join(CompetitionCategory, CompetitionCategory.id == EntryCategory.category_id)
        .where(CompetitionCategory.competition_id == competition_id)
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    found: dict[int, list[str]] = {}
    for entry_id, key in db.session.execute(statement):
        found.setdefault(entry_id, []).append(key)
    return found


def entries_by_id(ids: Iterable[int]) -> dict[int, Entry]:
    """Return entries with their economies."""
    statement = select(Entry).where(Entry.id.in_(list(ids))).options(joinedload(Entry.economy))
    return {entry.id: entry for entry in db.session.scalars(statement)}


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
