"""Badges: which were printed for whom, how often and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import BadgeState
from .forum import Forum
from .registration import Registration


class BadgeDesign(Model):
    """What an organiser set for the badges of a forum; ``back_text`` has one line a paragraph."""

    __tablename__ = "forum_badge_design"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    back_text: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()


class ForumBadge(Model):
    """The badge of one registration, from its first print on; a delegate without one has no row.

    ``copies`` counts the prints; every copy carries the same number, so a reprint makes
    none of them void. ``state_before`` is where the last move took it from, for the undo.
    """

    __tablename__ = "forum_badge"
    __table_args__ = (CheckConstraint("copies >= 1", name="printed_once_at_least"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), unique=True)
    state: Mapped[BadgeState] = mapped_column(default=BadgeState.PRINTED)
    state_before: Mapped[BadgeState | None]
    state_at: Mapped[datetime]
    state_reason: Mapped[str] = mapped_column(String(300), default="")
    copies: Mapped[int]

    registration: Mapped[Registration] = relationship()
    prints: Mapped[list["BadgePrint"]] = relationship(back_populates="badge", order_by="BadgePrint.copy.desc()")


class BadgePrint(Model):
    """One print of a badge; ``copy`` counts from 1, and every one but the first has a reason."""

    __tablename__ = "forum_badge_print"
    __table_args__ = (UniqueConstraint("badge_id", "copy"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("forum_badge.id"))
    copy: Mapped[int]
    printed_at: Mapped[datetime]
    by_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(300), default="")

    badge: Mapped[ForumBadge] = relationship(back_populates="prints")
