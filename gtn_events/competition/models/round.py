"""One stage of judging: its entries, its criteria and its rules."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import EconomyPolicy, Method, RoundKind, RoundState, Standing
from .competition import Competition
from .entry import Entry


class Round(Model):
    """One round of a competition.

    ``blind`` lists what judges do not see: ``title, organisation, economy, team, video``
    and question keys as ``question:<key>``, or ``scores`` for those of the other judges, which are
    else shown after one's own submission. ``cut`` says who goes on: ``{"top": int | None,
    "threshold": str | None, "per_category": bool, "per_economy": bool, "at_most_per_economy": int | None,
    "reserve": int, "ties": [steps of the ladder]}``; with ``per_category`` or ``per_economy`` the top are those of
    each category or economy. ``adds`` is empty, or says which earlier round's total comes on top: ``{"round": number,
    "points": str, "own": str}``, see ``results.added``. ``plan`` is what the assignment found out, see ``domain.plan``.
    ``lot_commitment`` is the SHA-256 of the seed that draws the last
    lot; the seed itself is shown when results are published.
    """

    __tablename__ = "competition_round"
    __table_args__ = (
        UniqueConstraint("competition_id", "number"),
        CheckConstraint("judges_per_entry >= 1", name="panel_not_empty"),
        CheckConstraint("closes_at > opens_at", name="window_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[RoundKind] = mapped_column(default=RoundKind.REVIEW)
    state: Mapped[RoundState] = mapped_column(default=RoundState.PLANNED)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    judges_per_entry: Mapped[int] = mapped_column(default=3)
    economy_policy: Mapped[EconomyPolicy] = mapped_column(default=EconomyPolicy.FORBID)
    at_most_of_economy: Mapped[int | None]
    method: Mapped[Method] = mapped_column(default=Method.CALIBRATED)
    method_frozen_at: Mapped[datetime | None]
    blind: Mapped[list[str]] = mapped_column(default=list)
    cut: Mapped[dict[str, Any]] = mapped_column(default=dict)
    adds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    lot_seed: Mapped[str] = mapped_column(String(64))
    lot_commitment: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime | None]
    scored_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    chain_head: Mapped[str] = mapped_column(String(64), default="")
    chain_length: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    competition: Mapped[Competition] = relationship(back_populates="rounds")
    rubrics: Mapped[list["Rubric"]] = relationship(back_populates="round", order_by="Rubric.version")
    round_entries: Mapped[list["RoundEntry"]] = relationship(back_populates="round")

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)

    @property
    def rubric(self) -> "Rubric | None":
        """The criteria in force: the newest version."""
        return self.rubrics[-1] if self.rubrics else None


class RoundEntry(Model):
    """An entry that is judged in a round, and how it left it.

    ``reason`` is what the round's rule said (a ``Reason`` of ``results.cut``, or ``not-ranked``), with the count and
    the category or economy that its sentence names. ``departure`` says why the standing is another one.
    """

    __tablename__ = "competition_round_entry"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        Index("ix_competition_round_entry_standing", "round_id", "standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    standing: Mapped[Standing] = mapped_column(default=Standing.IN)
    reason: Mapped[str] = mapped_column(String(40), default="")
    reason_number: Mapped[int] = mapped_column(default=0)
    reason_detail: Mapped[str] = mapped_column(Text, default="")
    departure: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship(back_populates="round_entries")
    entry: Mapped[Entry] = relationship()


class Rubric(Model):
    """One version of a round's criteria; locked at the first score given under it."""

    __tablename__ = "competition_rubric"
    __table_args__ = (UniqueConstraint("round_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    version: Mapped[int]
    created_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(back_populates="rubrics")
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="rubric", order_by="Criterion.position", cascade="all, delete-orphan"
    )


class Criterion(Model):
    """One thing that is scored. Weights of a rubric add up to 100; every point of the scale has a level.

    ``heading`` gathers criteria (ESCI's strategy, measure, performance).
    """

    __tablename__ = "competition_criterion"
    __table_args__ = (
        UniqueConstraint("rubric_id", "key"),
        CheckConstraint("highest > lowest", name="scale_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("competition_rubric.id"))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(String(80), default="")
    label: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(String(300), default="")
    weight: Mapped[Decimal]
    lowest: Mapped[int] = mapped_column(default=1)
    highest: Mapped[int] = mapped_column(default=5)
    comment_required_below: Mapped[int | None]
    comment_required_above: Mapped[int | None]

    rubric: Mapped[Rubric] = relationship(back_populates="criteria")
    levels: Mapped[list["CriterionLevel"]] = relationship(
        back_populates="criterion", order_by="CriterionLevel.point", cascade="all, delete-orphan"
    )


class CriterionLevel(Model):
    """What one point of a criterion's scale means."""

    __tablename__ = "competition_criterion_level"
    __table_args__ = (UniqueConstraint("criterion_id", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("competition_criterion.id"))
    point: Mapped[int]
    description: Mapped[str] = mapped_column(String(300))

    criterion: Mapped[Criterion] = relationship(back_populates="levels")
