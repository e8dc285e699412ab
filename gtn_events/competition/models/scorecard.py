"""What a judge gave: a draft that may change, and versions that never do, chained by SHA-256."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .judge import Assignment
from .round import Round, Rubric


class ScorecardDraft(Model):
    """What a judge has chosen so far for one seat; ``scores`` maps criterion key to point."""

    __tablename__ = "competition_scorecard_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("competition_assignment.id"), unique=True)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    to_entrant: Mapped[str] = mapped_column(Text, default="")
    to_jury: Mapped[str] = mapped_column(Text, default="")
    private: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    assignment: Mapped[Assignment] = relationship()


class Scorecard(Model):
    """One submitted version of all that a judge gave one entry in one round. Never changed, never deleted.

    ``number`` counts the versions of one seat; the newest stands. ``position`` counts all
    versions of the round: ``sha256`` is over the canonical JSON of this version together
    with the ``sha256`` of the version at ``position - 1``. ``total`` is the weighted total,
    0 to 100. A scorecard that two persons have excluded keeps its place in the chain.
    ``salt`` is never published: it keeps short texts from being guessed from their hash.
    """

    __tablename__ = "competition_scorecard"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        UniqueConstraint("round_id", "position"),
        Index("ix_competition_scorecard_current", "round_id", "superseded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("competition_assignment.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("competition_rubric.id"))
    number: Mapped[int]
    position: Mapped[int]
    scores: Mapped[dict[str, Any]]
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    to_entrant: Mapped[str] = mapped_column(Text, default="")
    to_jury: Mapped[str] = mapped_column(Text, default="")
    private: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[Decimal]
    salt: Mapped[str] = mapped_column(String(32), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime]
    superseded: Mapped[bool] = mapped_column(default=False)
    previous_sha256: Mapped[str] = mapped_column(String(64), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    excluded_at: Mapped[datetime | None]
    excluded_by_id: Mapped[int | None]
    exclusion_confirmed_by_id: Mapped[int | None]
    exclusion_reason: Mapped[str] = mapped_column(Text, default="")

    assignment: Mapped[Assignment] = relationship()
    round: Mapped[Round] = relationship()
    rubric: Mapped[Rubric] = relationship()
