"""An event beside the forum, and who has a place at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool
from gtn_events.questionnaire.models import AnswerSet, Questionnaire

from ..enums import Audience, BookingState, GuestState
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
    audience: Mapped[Audience] = mapped_column(default=Audience.DELEGATES)
    speakers: Mapped[str] = mapped_column(Text, default="")
    logo_upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    changed_at: Mapped[datetime | None]
    pool_id: Mapped[int] = mapped_column(ForeignKey("core_seat_pool.id"))
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id"))
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    host_economy: Mapped[Economy | None] = relationship()
    pool: Mapped[SeatPool] = relationship()
    questionnaire: Mapped[Questionnaire | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope("forum", self.forum_id)

    @property
    def organised_by(self) -> str:
        """The host economy, or the organisation's name."""
        return self.host_economy.short_name if self.host_economy else self.host_name

    @property
    def host_scope(self) -> Scope:
        """What the role of its hosts is given for; it reaches nothing else of the forum."""
        return Scope("side-event", self.id)

    def __str__(self) -> str:
        return self.slug

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
    changed_at: Mapped[datetime | None]
    answer_set_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_answer_set.id"))

    side_event: Mapped[SideEvent] = relationship()
    registration: Mapped[Registration] = relationship()
    answer_set: Mapped[AnswerSet | None] = relationship()

    @property
    def occasion(self) -> SideEvent:
        """What the place is at."""
        return self.side_event


class SideEventGuest(Model):
    """Somebody whom a host invited to one side event; only the SHA-256 of the token in their link is kept.

    One who registered holds a seat of the side event, without a registration for the forum.
    """

    __tablename__ = "forum_side_event_guest"
    __table_args__ = (UniqueConstraint("side_event_id", "email_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    side_event_id: Mapped[int] = mapped_column(ForeignKey("forum_side_event.id"))
    state: Mapped[GuestState] = mapped_column(default=GuestState.INVITED)
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer_set_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_answer_set.id"))

    side_event: Mapped[SideEvent] = relationship()
    answer_set: Mapped[AnswerSet | None] = relationship()
    economy: Mapped[Economy | None] = relationship()
