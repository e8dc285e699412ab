"""Computed results: a version of a round's ranking with one row for each entry, and the awards."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import AwardKind, Method
from .competition import Competition, CompetitionCategory
from .entry import Entry
from .round import Round


class ResultVersion(Model):
    """One computation of a round's ranking; a newer one never overwrites it.

    ``facts`` holds what the computation found out about the whole (F, p, variance
    components, judges' effects, warnings, the log of the tie ladder), JSON-ready.
    ``chain_head`` is the head of the scorecard chain it was computed from. ``published_at``
    marks a version that was fixed when the results were published or corrected; the newest of them
    stands. ``appeal_id`` names the appeal after which it was computed.
    """

    __tablename__ = "competition_result_version"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    number: Mapped[int]
    method: Mapped[Method]
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int | None]
    chain_head: Mapped[str] = mapped_column(String(64), default="")
    chain_length: Mapped[int] = mapped_column(default=0)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("competition_appeal.id"), index=True)

    round: Mapped[Round] = relationship()
    rows: Mapped[list["RankingRow"]] = relationship(back_populates="result", order_by="RankingRow.rank")


class RankingRow(Model):
    """An entry's place in one result; ``interval_low`` to ``interval_high`` is the 90 % rank interval."""

    __tablename__ = "competition_ranking_row"
    __table_args__ = (
        UniqueConstraint("result_id", "entry_id"),
        Index("ix_competition_ranking_row_rank", "result_id", "rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("competition_result_version.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    rank: Mapped[int]
    raw_rank: Mapped[int]
    raw_mean: Mapped[Decimal]
    total: Mapped[Decimal]
    standard_error: Mapped[Decimal | None]
    scorecards: Mapped[int]
    interval_low: Mapped[int | None]
    interval_high: Mapped[int | None]
    chance_of_cut: Mapped[float | None]
    tie_group: Mapped[int] = mapped_column(default=0)
    decided_by: Mapped[str] = mapped_column(String(200), default="")

    result: Mapped[ResultVersion] = relationship(back_populates="rows")
    entry: Mapped[Entry] = relationship()


class Award(Model):
    """A prize; ``entry_id`` is empty until it is given, ``departure`` says why it does not go by its rule."""

    __tablename__ = "competition_award"

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("competition_category.id"))
    kind: Mapped[AwardKind]
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=1)
    citation: Mapped[str] = mapped_column(Text, default="")
    departure: Mapped[str] = mapped_column(Text, default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    given_at: Mapped[datetime | None]
    given_by_id: Mapped[int | None]

    competition: Mapped[Competition] = relationship()
    category: Mapped[CompetitionCategory | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
