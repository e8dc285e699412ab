"""What stood at one moment of a competition, as one hash that everybody can see from then on."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import RootKind
from .competition import Competition
from .round import Round


class RecordedRoot(Model):
    """One root, written down when it happened and never changed.

    ``lines`` are what the root is over, JSON-ready (see ``domain.roots``): sent versions, released seats, or what was
    published. The root of a scoring that closed is the head of the round's chain; it has no lines, and ``size`` is
    the chain's length. A round that is released or closed twice has a root for each time.
    """

    __tablename__ = "competition_recorded_root"
    __table_args__ = (Index("ix_competition_recorded_root_competition", "competition_id", "recorded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("competition_round.id"), index=True)
    kind: Mapped[RootKind]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    recorded_at: Mapped[datetime]

    competition: Mapped[Competition] = relationship()
    round: Mapped[Round | None] = relationship()
