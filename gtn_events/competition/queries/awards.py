"""Prizes and the entries that can win them."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..enums import RoundState
from ..models import Award, Competition, Entry, RankingRow, ResultVersion, Round, RoundEntry
from .judging import LIVE_ENTRIES

MOST_CANDIDATES = 100


def awards_of(competition: Competition) -> list[Award]:
    """Return the prizes in their order, with the entries that won them."""
    entry = joinedload(Award.entry).options(joinedload(Entry.economy))
    statement = (
        select(Award)
        .where(Award.competition_id == competition.id)
        .options(entry, joinedload(Award.category))
        .order_by(Award.position, Award.id)
    )
    return list(db.session.scalars(statement))


def award_of(competition: Competition, award_id: int) -> Award | None:
    """Return one prize of a competition."""
    return next((each for each in awards_of(competition) if each.id == award_id), None)


def prizes_by_entry(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """Return the names of the prizes that these entries won, in the order of the prizes."""
    ids = [entry.id for entry in entries]
    statement = select(Award).where(Award.entry_id.in_(ids)).order_by(Award.position, Award.id)
    found: dict[int, list[str]] = {}
    for award in db.session.scalars(statement):
        if award.entry_id is not None:
            found.setdefault(award.entry_id, []).append(award.label)
    return found


def last_decided_round(competition: Competition) -> Round | None:
    """Return the last round that is decided."""
    statement = (
        select(Round)
        .where(Round.competition_id == competition.id, Round.state == RoundState.DECIDED)
        .order_by(Round.number.desc())
        .limit(1)
    )
    found: Round | None = db.session.scalar(statement)
    return found


def stood_in(round_: Round, entry: Entry) -> bool:
    """Say whether an entry was judged in a round."""
    return bool(
        db.session.scalar(select(exists().where(RoundEntry.round_id == round_.id, RoundEntry.entry_id == entry.id)))
    )


def award_candidates(round_: Round) -> list[RankingRow]:
    """Return the leading live entries of a round's newest ranking, best first."""
    newest = (
        select(ResultVersion.id)
        .where(ResultVersion.round_id == round_.id)
        .order_by(ResultVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        select(RankingRow)
        .join(Entry, Entry.id == RankingRow.entry_id)
        .where(RankingRow.result_id == newest, Entry.state.in_(LIVE_ENTRIES))
        .options(joinedload(RankingRow.entry).options(joinedload(Entry.economy), selectinload(Entry.entry_categories)))
        .order_by(RankingRow.rank)
        .limit(MOST_CANDIDATES)
    )
    return list(db.session.scalars(statement))
