"""An event beside the forum, and who has a place at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool

from ..enums import BookingState
from .forum import Forum
from .registration import Registration


class SideEvent(Model):
    """A side event with its own seats and its own waiting list."""

    __tablename__ = "forum_side_event"
    __table_args__ = (
        UniqueConstraint("forum_id", "slug"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    host_name: Mapped[str] = mapped_column(String(200), default="")
    host_economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    room_name: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    published: Mapped[bool] = mapped_column(default=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("core_seat_pool.id"))

    forum: Mapped[Forum] = relationship()
    host_economy: Mapped[Economy | None] = relationship()
    pool: Mapped[SeatPool] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope("forum", self.forum_id)

    @property
    def organised_by(self) -> str:
        """The host economy, or the organisation's name."""
        return self.host_economy.short_name if self.host_economy else self.host_name

    def is_over(self, now: datetime) -> bool:
        """Say whether it has ended."""
        return now >= self.ends_at


class SideEventBooking(Model):
    """One registration's place at one side event; a booking that ended is used again by a new choice."""

    __tablename__ = "forum_side_event_booking"
    __table_args__ = (
        UniqueConstraint("registration_id", "side_event_id"),
        Index("ix_forum_side_event_booking_waiting", "side_event_id", "state", "waitlisted_at", "id"),
        Index("ix_forum_side_event_booking_offers", "state", "offer_ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    side_event_id: Mapped[int] = mapped_column(ForeignKey("forum_side_event.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    state: Mapped[BookingState] = mapped_column(default=BookingState.CHOSEN)
    chosen_at: Mapped[datetime]
    waitlisted_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]
    came_from_waiting_list: Mapped[bool] = mapped_column(default=False)

    side_event: Mapped[SideEvent] = relationship()
    registration: Mapped[Registration] = relationship()
