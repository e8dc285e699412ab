"""Reads of a live final: what is on stage, what comes next, how many ballots are in."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only

from gtn_events.core.db import db

from ..enums import SlotState
from ..models import (
    Ballot,
    Competition,
    CompetitionCategory,
    Entry,
    EntryCategory,
    LiveFinal,
    LiveSlot,
    RankingRow,
    ResultVersion,
    Round,
)
from .judging import LIVE_ENTRIES

Place = tuple[str, int, RankingRow]
"""A category's label (empty for all entries), a place in it, and the row of the ranking."""


def live_final_of(round_: Round) -> LiveFinal | None:
    """Return the live final of a round, if it is one."""
    final: LiveFinal | None = db.session.scalar(select(LiveFinal).where(LiveFinal.round_id == round_.id))
    return final


def numbered_final(competition: Competition, number: int) -> LiveFinal | None:
    """Return the live final of the round with a number, with its round."""
    statement = (
        select(LiveFinal)
        .join(Round, Round.id == LiveFinal.round_id)
        .where(Round.competition_id == competition.id, Round.number == number)
        .options(joinedload(LiveFinal.round))
    )
    final: LiveFinal | None = db.session.scalar(statement)
    return final


def finals_of(competition: Competition) -> dict[int, LiveFinal]:
    """Return the live finals of a competition by the ids of their rounds."""
    statement = select(LiveFinal).join(Round, Round.id == LiveFinal.round_id)
    found = db.session.scalars(statement.where(Round.competition_id == competition.id))
    return {each.round_id: each for each in found}


def slots_of(final: LiveFinal) -> list[LiveSlot]:
    """Return the running order with its entries; an entry that was withdrawn has left it."""
    entry = joinedload(LiveSlot.entry)
    statement = (
        select(LiveSlot)
        .join(Entry, Entry.id == LiveSlot.entry_id)
        .where(LiveSlot.final_id == final.id, Entry.state.in_(LIVE_ENTRIES))
        .options(
            entry.options(
                load_only(Entry.reference, Entry.title, Entry.organisation_name, Entry.account_id, Entry.state),
                joinedload(Entry.economy),
            )
        )
        .order_by(LiveSlot.position, LiveSlot.id)
    )
    return list(db.session.scalars(statement))


def on_stage(slots: Sequence[LiveSlot]) -> LiveSlot | None:
    """Return the slot whose entry is on stage."""
    return next((each for each in slots if each.state is SlotState.ON_STAGE), None)


def next_up(slots: Sequence[LiveSlot]) -> LiveSlot | None:
    """Return the slot that comes next."""
    return next((each for each in slots if each.state is SlotState.WAITING), None)


def ballot_count(final: LiveFinal) -> int:
    """Return how many badges have voted; what they chose is not looked at."""
    if final.ballots is not None:
        return final.ballots
    return db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.final_id == final.id)) or 0


def votes_by_entry(final: LiveFinal) -> Counter[int]:
    """Return how many ballots name each entry, by its id."""
    choices = db.session.scalars(select(Ballot.choices).where(Ballot.final_id == final.id))
    return Counter(entry_id for ballot in choices for entry_id in ballot)


def ballot_of(final: LiveFinal, voter: str) -> Ballot | None:
    """Return the ballot of one badge."""
    return db.session.get(Ballot, (final.id, voter))


def places_from_first(version: ResultVersion) -> list[Place]:
    """Return every place of a ranking, the first at the top."""
    return [("", row.rank, row) for row in _rows(version)]


def places_by_category(version: ResultVersion) -> list[Place]:
    """Return the places of every category, category after category in their order, the first at the top of each."""
    rows = {row.entry_id: row for row in _rows(version)}
    statement = (
        select(CompetitionCategory.label, EntryCategory.entry_id)
        .join(EntryCategory, EntryCategory.category_id == CompetitionCategory.id)
        .where(
            CompetitionCategory.competition_id == version.round.competition_id, EntryCategory.entry_id.in_(list(rows))
        )
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    together: dict[str, list[RankingRow]] = {}
    for label, entry_id in db.session.execute(statement):
        together.setdefault(label, []).append(rows[entry_id])
    return [
        (label, place, row)
        for label, members in together.items()
        for place, row in enumerate(sorted(members, key=lambda each: each.rank), start=1)
    ]


def _rows(version: ResultVersion) -> list[RankingRow]:
    entry = joinedload(RankingRow.entry)
    shown = load_only(Entry.reference, Entry.title, Entry.organisation_name, Entry.economy_code)
    statement = (
        select(RankingRow)
        .where(RankingRow.result_id == version.id)
        .options(entry.options(shown, joinedload(Entry.economy)))
        .order_by(RankingRow.rank)
    )
    return list(db.session.scalars(statement))
