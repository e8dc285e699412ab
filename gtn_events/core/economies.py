"""The 21 member economies and the delegation classes without one: reference data of every package.

They are data, never taken from a list of countries: the names, their order (protocol
order, a stored rank) and who is travel-eligible follow APEC usage and can be edited.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, scoped_session

from .db import Model, db
from .permissions import Scope


class DelegationClass(StrEnum):
    """Where a person without a member economy belongs (and ECONOMY for all others)."""

    ECONOMY = "economy"
    SECRETARIAT = "secretariat"
    ABAC = "abac"
    OBSERVER = "observer"
    GUEST = "guest"

    @property
    def label(self) -> str:
        return {
            "economy": "Member economy",
            "secretariat": "APEC Secretariat",
            "abac": "APEC Business Advisory Council (ABAC)",
            "observer": "Official observer",
            "guest": "Guest",
        }[self.value]


class Economy(Model):
    """One member economy; ``rank`` is its place in protocol order, 1 to 21."""

    __tablename__ = "core_economy"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    rank: Mapped[int] = mapped_column(unique=True)
    formal_name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(80))
    in_sentence: Mapped[str] = mapped_column(String(80))
    travel_eligible: Mapped[bool] = mapped_column(default=False)
    lock_version: Mapped[int] = mapped_column(default=1)

    @property
    def scope(self) -> Scope:
        """What the role of its coordinator is given for."""
        return Scope("economy", self.rank)

    def __str__(self) -> str:
        return self.short_name


@dataclass(frozen=True)
class EconomySeed:
    """The start value of one economy row."""

    code: str
    formal_name: str
    short_name: str
    in_sentence: str
    travel_eligible: bool = False


ECONOMIES = (
    EconomySeed("AUS", "Australia", "Australia", "Australia"),
    EconomySeed("BD", "Brunei Darussalam", "Brunei Darussalam", "Brunei Darussalam"),
    EconomySeed("CDA", "Canada", "Canada", "Canada"),
    EconomySeed("CHL", "Chile", "Chile", "Chile", True),
    EconomySeed("PRC", "People's Republic of China", "China", "China", True),
    EconomySeed("HKC", "Hong Kong, China", "Hong Kong, China", "Hong Kong, China"),
    EconomySeed("INA", "Indonesia", "Indonesia", "Indonesia", True),
    EconomySeed("JPN", "Japan", "Japan", "Japan"),
    EconomySeed("ROK", "Republic of Korea", "Korea", "Korea"),
    EconomySeed("MAS", "Malaysia", "Malaysia", "Malaysia", True),
    EconomySeed("MEX", "Mexico", "Mexico", "Mexico", True),
    EconomySeed("NZ", "New Zealand", "New Zealand", "New Zealand"),
    EconomySeed("PNG", "Papua New Guinea", "Papua New Guinea", "Papua New Guinea", True),
    EconomySeed("PE", "Peru", "Peru", "Peru", True),
    EconomySeed("PHL", "The Philippines", "The Philippines", "the Philippines", True),
    EconomySeed("RUS", "Russia", "Russia", "Russia", True),
    EconomySeed("SGP", "Singapore", "Singapore", "Singapore"),
    EconomySeed("CT", "Chinese Taipei", "Chinese Taipei", "Chinese Taipei"),
    EconomySeed("THA", "Thailand", "Thailand", "Thailand", True),
    EconomySeed("US", "The United States", "United States", "the United States"),
    EconomySeed("VN", "Viet Nam", "Viet Nam", "Viet Nam", True),
)

_IN_ORDER = select(Economy).order_by(Economy.rank)


def economies_in_order() -> list[Economy]:
    """Return the member economies in protocol order."""
    return list(db.session.scalars(_IN_ORDER))


def seed_economies(session: Session | scoped_session[Any]) -> None:
    """Add the economies that are missing; rows that are there keep their edits."""
    present = set(session.scalars(select(Economy.code)))
    for rank, seed in enumerate(ECONOMIES, start=1):
        if seed.code not in present:
            session.add(
                Economy(
                    code=seed.code,
                    rank=rank,
                    formal_name=seed.formal_name,
                    short_name=seed.short_name,
                    in_sentence=seed.in_sentence,
                    travel_eligible=seed.travel_eligible,
                )
            )
    session.flush()
