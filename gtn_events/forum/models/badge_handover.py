"""Badges that an officer of a delegation took over and signed for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.permissions import Scope

from ..enums import BadgeState
from .badge import ForumBadge
from .forum import Forum


class BadgeHandover(Model):
    """Badges of one economy, or of one delegation class, given to one person at one moment.

    ``taker_account_id`` is set when a coordinator with an account took them. One that was
    undone is kept.
    """

    __tablename__ = "forum_badge_handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    delegation_class: Mapped[DelegationClass]
    taker_name: Mapped[str] = mapped_column(String(200))
    taker_function: Mapped[str] = mapped_column(String(150))
    taker_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None]

    forum: Mapped[Forum] = relationship()
    economy: Mapped[Economy | None] = relationship()
    lines: Mapped[list["BadgeHandoverLine"]] = relationship(back_populates="handover", order_by="BadgeHandoverLine.id")

    @property
    def scope(self) -> Scope:
        """Roles are held for the forum."""
        return Scope("forum", self.forum_id)

    @property
    def representation(self) -> str:
        """The economy, or the delegation class of those without one."""
        return self.economy.short_name if self.economy else self.delegation_class.label


class BadgeHandoverLine(Model):
    """One badge of a handover; ``before`` is where it was, for the undo."""

    __tablename__ = "forum_badge_handover_line"
    __table_args__ = (UniqueConstraint("handover_id", "badge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("forum_badge_handover.id"))
    badge_id: Mapped[int] = mapped_column(ForeignKey("forum_badge.id"), index=True)
    before: Mapped[BadgeState]

    handover: Mapped[BadgeHandover] = relationship(back_populates="lines")
    badge: Mapped[ForumBadge] = relationship()
