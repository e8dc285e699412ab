"""A design of a round that was tried before its launch, with what to expect of it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from .competition import Competition


class Simulation(Model):
    """What an organiser typed, as ``results.simulation.Plan`` has it, and the answer, empty until it is computed.

    ``answer`` holds ``calibrated`` and ``raw``, each with ``best_wins, best_listed, list_right`` as texts from 0 to 1.
    """

    __tablename__ = "competition_simulation"
    __table_args__ = (
        CheckConstraint("cards BETWEEN 1 AND judges", name="cards_of_judges"),
        CheckConstraint("shortlist BETWEEN 1 AND entries", name="shortlist_of_entries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    entries: Mapped[int]
    judges: Mapped[int]
    cards: Mapped[int]
    shortlist: Mapped[int]
    quality: Mapped[Decimal]
    noise: Mapped[Decimal]
    severity: Mapped[Decimal]
    asked_at: Mapped[datetime]
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    computed_at: Mapped[datetime | None]

    competition: Mapped[Competition] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)

    @property
    def cost(self) -> int:
        """How many scorecards the design needs."""
        return self.entries * self.cards

    @property
    def load(self) -> int:
        """How many entries a judge reads, at most."""
        return -(-self.cost // self.judges)
