"""Funded travel to one forum: its rules, ceilings, who is funded, and their papers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.forum.models import Forum, Registration

from ..travel_enums import FundingCategory, PaperKind, PaperState, TravellerState

ZERO = Decimal("0.00")


class TravelSettings(Model):
    """The rules of funded travel to one forum; ``papers`` are the kinds that every traveller has to send."""

    __tablename__ = "delegations_travel_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), unique=True)
    ceiling: Mapped[int] = mapped_column(default=2)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    daily_rate: Mapped[Decimal]
    papers: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date | None]
    lock_version: Mapped[int] = mapped_column(default=1)


class TravelCeiling(Model):
    """Another number of funded participants than the usual one, for one economy."""

    __tablename__ = "delegations_travel_ceiling"
    __table_args__ = (UniqueConstraint("forum_id", "economy_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    places: Mapped[int]


class Traveller(Model):
    """One person whose travel is paid, in one category; a person has at most one live row for a forum.

    ``arrives_on`` and ``departs_on`` are days at the venue. Amounts are in the currency of the forum's settings.
    """

    __tablename__ = "delegations_traveller"
    __table_args__ = (
        CheckConstraint("departs_on >= arrives_on", name="departs_after_arrival"),
        Index(
            "uq_delegations_traveller_live",
            "forum_id",
            "account_id",
            unique=True,
            sqlite_where=text("state != 'withdrawn'"),
            postgresql_where=text("state != 'withdrawn'"),
        ),
        Index("ix_delegations_traveller_economy", "forum_id", "economy_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    category: Mapped[FundingCategory]
    state: Mapped[TravellerState] = mapped_column(default=TravellerState.FUNDED)
    arrives_on: Mapped[date | None]
    departs_on: Mapped[date | None]
    planned_fare: Mapped[Decimal] = mapped_column(default=ZERO)
    planned_other: Mapped[Decimal] = mapped_column(default=ZERO)
    paid_fare: Mapped[Decimal] = mapped_column(default=ZERO)
    paid_per_diem: Mapped[Decimal] = mapped_column(default=ZERO)
    paid_other: Mapped[Decimal] = mapped_column(default=ZERO)
    funded_at: Mapped[datetime]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    registration: Mapped[Registration] = relationship()
    account: Mapped[Account] = relationship()
    papers: Mapped[list["TravelPaper"]] = relationship(back_populates="traveller", order_by="TravelPaper.id")

    @property
    def scope(self) -> Scope:
        """Roles are held for the forum."""
        return Scope("forum", self.forum_id)


class TravelPaper(Model):
    """One paper of a traveller; its file is sealed beside it, under ``file``.

    ``lock_version`` grows with each file that is sent.
    """

    __tablename__ = "delegations_travel_paper"
    __table_args__ = (UniqueConstraint("traveller_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    traveller_id: Mapped[int] = mapped_column(ForeignKey("delegations_traveller.id"))
    kind: Mapped[PaperKind]
    state: Mapped[PaperState] = mapped_column(default=PaperState.SENT)
    reason: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    traveller: Mapped[Traveller] = relationship(back_populates="papers")
