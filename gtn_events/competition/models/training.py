"""Sample entries that every judge of a round scores before or beside their own; they count nowhere."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from .judge import Judge
from .round import Round


class TrainingEntry(Model):
    """One sample, typed in or taken without names from an earlier entry, with the scores that it should get.

    ``body`` is Markdown. ``scores`` and ``reasons`` map a criterion's key to the reference point and why it is that
    one. ``comes_first`` keeps a judge's own entries closed until this one is scored. Rankings, chain and statistics
    look at scorecards of seats only, so nothing of this can reach them.
    """

    __tablename__ = "competition_training_entry"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(500), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    comes_first: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    round: Mapped[Round] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return self.round.scope


class TrainingScorecard(Model):
    """What one judge gave a sample, once; it is compared with the reference and never changed."""

    __tablename__ = "competition_training_scorecard"
    __table_args__ = (UniqueConstraint("training_id", "judge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("competition_training_entry.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("competition_judge.id"), index=True)
    scores: Mapped[dict[str, Any]]
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[Decimal]
    submitted_at: Mapped[datetime]

    training: Mapped[TrainingEntry] = relationship()
    judge: Mapped[Judge] = relationship()
