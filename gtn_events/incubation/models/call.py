"""A call for applications, its criteria and what applicants declare."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import Questionnaire

from ..enums import CallState, MatchingMethod

if TYPE_CHECKING:
    from .host import Intake


class Call(Model):
    """One call for co-incubation.

    ``sectors`` is a list of ``{"key": str, "label": str}``; ``eligibility`` is a list of rules
    that the machine checks. ``lottery_commitment`` is the SHA-256 of ``lottery_seed`` (see
    ``incubation.matching.lottery``), published with the call; the seed is shown when a match is
    published. Applications are taken from ``opens_at`` until ``closes_at``, hosts rank until
    ``ranking_until``, offers are answered within ``accept_days``.
    """

    __tablename__ = "incubation_call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="window_in_order"),
        CheckConstraint("ranking_until >= closes_at", name="ranking_after_close"),
        CheckConstraint("placements_until > placements_from", name="placements_in_order"),
        CheckConstraint("most_wishes >= 1", name="wishes_not_empty"),
        CheckConstraint("accept_days >= 1", name="days_to_accept"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    tagline: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    funding: Mapped[str] = mapped_column(Text, default="")
    time_zone: Mapped[str] = mapped_column(String(60))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    ranking_until: Mapped[datetime]
    match_on: Mapped[date]
    accept_days: Mapped[int] = mapped_column(default=10)
    placements_from: Mapped[date]
    placements_until: Mapped[date]
    weeks_at_least: Mapped[int] = mapped_column(default=4)
    weeks_at_most: Mapped[int] = mapped_column(default=26)
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    eligibility: Mapped[list[Any]] = mapped_column(default=list)
    method: Mapped[MatchingMethod] = mapped_column(default=MatchingMethod.STABLE)
    most_wishes: Mapped[int] = mapped_column(default=8)
    lottery_seed: Mapped[str] = mapped_column(String(64))
    lottery_commitment: Mapped[str] = mapped_column(String(64))
    declaration: Mapped[str] = mapped_column(Text, default="")
    privacy_notice: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[CallState] = mapped_column(default=CallState.DRAFT)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    reference_prefix: Mapped[str] = mapped_column(String(8))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("incubation_call.id"))
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    questionnaire: Mapped[Questionnaire] = relationship()
    criteria: Mapped[list["CallCriterion"]] = relationship(
        back_populates="call", order_by="CallCriterion.position", cascade="all, delete-orphan"
    )
    intakes: Mapped[list["Intake"]] = relationship(back_populates="call")

    @property
    def scope(self) -> Scope:
        """What roles for this call are given for."""
        return Scope("call", self.id)

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the call's times are meant."""
        return ZoneInfo(self.time_zone)

    def __str__(self) -> str:
        return self.slug


class CallCriterion(Model):
    """One thing that hosts score. Weights of a call add up to 100; ``levels`` describe the points from 1 up."""

    __tablename__ = "incubation_criterion"
    __table_args__ = (UniqueConstraint("call_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("incubation_call.id"))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(String(300), default="")
    weight: Mapped[Decimal]
    levels: Mapped[list[Any]] = mapped_column(default=list)

    call: Mapped[Call] = relationship(back_populates="criteria")
