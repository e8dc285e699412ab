"""Sessions with so many places that one signs up for, and who has one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.seats import SeatPool

from ..enums import BookingState
from .forum import Forum
from .programme import ForumSession
from .registration import Registration


class LimitedSession(Model):
    """The places of a session for which confirmed delegates sign up."""

    __tablename__ = "forum_limited_session"

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), primary_key=True, autoincrement=False)
    pool_id: Mapped[int] = mapped_column(ForeignKey("core_seat_pool.id"), unique=True)
    opened_at: Mapped[datetime]

    session: Mapped[ForumSession] = relationship()
    pool: Mapped[SeatPool] = relationship()

    @property
    def forum(self) -> Forum:
        return self.session.forum

    @property
    def title(self) -> str:
        return self.session.title

    def is_over(self, now: datetime) -> bool:
        """Say whether it has ended; without a time it is still to come."""
        slot = self.session.slot
        return slot is not None and now >= slot.ends_at


class SessionBooking(Model):
    """One registration's place at one session; a booking that ended is used again by a new one."""

    __tablename__ = "forum_session_booking"
    __table_args__ = (
        UniqueConstraint("registration_id", "session_id"),
        Index("ix_forum_session_booking_waiting", "session_id", "state", "waitlisted_at", "id"),
        Index("ix_forum_session_booking_offers", "state", "offer_ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_limited_session.session_id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    state: Mapped[BookingState] = mapped_column(default=BookingState.CHOSEN)
    chosen_at: Mapped[datetime]
    waitlisted_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]
    came_from_waiting_list: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime | None]

    limited: Mapped[LimitedSession] = relationship()
    registration: Mapped[Registration] = relationship()

    @property
    def occasion(self) -> LimitedSession:
        """What the place is at."""
        return self.limited
