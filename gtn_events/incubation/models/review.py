"""What hosts make of applications: scores, ranks, interviews, and who must not be matched."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model

from ..enums import BlockSource, BlockState, InterviewState
from .application import Application
from .host import Intake


class Review(Model):
    """What one person of a host gave one application.

    ``points`` maps a criterion's key to the point given, 1 up; ``total`` is the weighted share of
    100, None until every criterion has a point.
    """

    __tablename__ = "incubation_review"
    __table_args__ = (
        UniqueConstraint("intake_id", "application_id", "account_id"),
        Index("ix_incubation_review_application", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    points: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[Decimal | None]
    note: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    intake: Mapped[Intake] = relationship()
    application: Mapped[Application] = relationship()
    account: Mapped[Account] = relationship()


class HostRank(Model):
    """Where a host puts an application: a tier, 1 the best, or None for not acceptable."""

    __tablename__ = "incubation_host_rank"
    __table_args__ = (
        UniqueConstraint("intake_id", "application_id"),
        CheckConstraint("tier >= 1", name="tier_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"), index=True)
    tier: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    intake: Mapped[Intake] = relationship()
    application: Mapped[Application] = relationship()


class Block(Model):
    """An applicant and a host must not be matched, from one source, unless somebody dismissed it with a reason."""

    __tablename__ = "incubation_block"
    __table_args__ = (UniqueConstraint("application_id", "intake_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"))
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"), index=True)
    source: Mapped[BlockSource]
    state: Mapped[BlockState] = mapped_column(default=BlockState.PROPOSED)
    detail: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]

    application: Mapped[Application] = relationship()
    intake: Mapped[Intake] = relationship()


class Interview(Model):
    """A talk between a host and an applicant: times proposed by the host, one chosen by the applicant."""

    __tablename__ = "incubation_interview"
    __table_args__ = (Index("ix_incubation_interview_pair", "intake_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"), index=True)
    state: Mapped[InterviewState] = mapped_column(default=InterviewState.PROPOSED)
    minutes: Mapped[int] = mapped_column(default=30)
    meeting_url: Mapped[str] = mapped_column(String(300), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    intake: Mapped[Intake] = relationship()
    application: Mapped[Application] = relationship()
    slots: Mapped[list["InterviewSlot"]] = relationship(
        back_populates="interview", order_by="InterviewSlot.starts_at", cascade="all, delete-orphan"
    )


class InterviewSlot(Model):
    """One time that a host proposes."""

    __tablename__ = "incubation_interview_slot"
    __table_args__ = (UniqueConstraint("interview_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("incubation_interview.id"))
    starts_at: Mapped[datetime]

    interview: Mapped[Interview] = relationship(back_populates="slots")
