"""How many places the economies have, and how many of them are taken."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order

from ..enums import Endorsement, EntryPath, NominationState
from ..models import Competition, Entry, Nomination
from .figures import LIVE, limit_of


@dataclass(frozen=True)
class Places:
    """The places of one economy.

    Attributes:
        limit: how many there are, None for any number.
        entries: live entries that hold one: the endorsed ones where economies endorse, otherwise all.
        promised: nominated firms that have not entered yet; each holds one, too.
    """

    limit: int | None
    entries: int
    promised: int

    @property
    def used(self) -> int:
        """How many are taken."""
        return self.entries + self.promised

    @property
    def left(self) -> int | None:
        """How many are free, None for any number."""
        return None if self.limit is None else max(self.limit - self.used, 0)


@dataclass(frozen=True)
class EconomyStanding:
    """One economy as its coordinator and the organiser see it: places, and live entries by what it said of them."""

    code: str
    name: str
    places: Places
    entries: dict[Endorsement, int]

    @property
    def waiting(self) -> int:
        """How many entries nobody has decided on."""
        return self.entries[Endorsement.WAITING]


def places_of(competition: Competition, economy_code: str) -> Places:
    """Return the places of one economy."""
    return standings_of(competition, [economy_code])[0].places


def standings_of(competition: Competition, codes: list[str] | None = None) -> list[EconomyStanding]:
    """Return these economies, or all, in protocol order; two queries and the economies however many there are."""
    entries = _entries(competition, codes)
    promised = _promised(competition, codes)
    return [
        EconomyStanding(
            code=economy.code,
            name=economy.short_name,
            places=Places(
                limit_of(competition, economy.code),
                _holding(competition, entries[economy.code]),
                promised.get(economy.code, 0),
            ),
            entries={each: entries[economy.code].get(each, 0) for each in Endorsement},
        )
        for economy in economies_in_order()
        if codes is None or economy.code in codes
    ]


def _holding(competition: Competition, entries: dict[Endorsement, int]) -> int:
    if competition.entry_path is EntryPath.ENDORSED:
        return entries.get(Endorsement.ENDORSED, 0)
    return sum(entries.values())


def _entries(competition: Competition, codes: list[str] | None) -> dict[str, dict[Endorsement, int]]:
    statement = (
        select(Entry.economy_code, Entry.endorsement, func.count())
        .where(Entry.competition_id == competition.id, Entry.state.in_(LIVE))
        .group_by(Entry.economy_code, Entry.endorsement)
    )
    if codes is not None:
        statement = statement.where(Entry.economy_code.in_(codes))
    found: defaultdict[str, dict[Endorsement, int]] = defaultdict(dict)
    for code, endorsement, count in db.session.execute(statement):
        found[code][endorsement] = count
    return found


def _promised(competition: Competition, codes: list[str] | None) -> dict[str, int]:
    statement = (
        select(Nomination.economy_code, func.count())
        .where(Nomination.competition_id == competition.id, Nomination.state == NominationState.OPEN)
        .group_by(Nomination.economy_code)
    )
    if codes is not None:
        statement = statement.where(Nomination.economy_code.in_(codes))
    return dict(db.session.execute(statement).all())
