"""Whom of an economy to reach for what at one forum, and who of the host looks after the economy."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.forum.models import Forum

from ..enums import OfficerKind


class DelegationOfficer(Model):
    """One officer; an economy has one of a kind at a forum. Holds no right: coordinators and organisers only read it.

    ``starts_on`` and ``ends_on`` are the first and the last day of duty, None while not known.
    """

    __tablename__ = "delegations_officer"
    __table_args__ = (
        UniqueConstraint("forum_id", "economy_code", "kind"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    kind: Mapped[OfficerKind]
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(150), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    changed_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
    economy: Mapped[Economy] = relationship()
