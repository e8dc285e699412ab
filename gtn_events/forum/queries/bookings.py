"""A registration's side events and what else takes its person's time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import ForumSession, Registration, SessionSpeaker, SideEvent, SideEventBooking, Slot, Speaker

_ENDED = (BookingState.CANCELLED, BookingState.DECLINED)

_ACTIVE = (
    select(SideEventBooking)
    .join(SideEventBooking.side_event)
    .where(SideEventBooking.registration_id == bindparam("registration_id"), SideEventBooking.state.not_in(_ENDED))
    .options(contains_eager(SideEventBooking.side_event))
    .order_by(SideEvent.starts_at, SideEvent.id)
)
_SPEAKING = (
    select(ForumSession.title, Slot)
    .join(Slot, Slot.session_id == ForumSession.id)
    .join(SessionSpeaker, SessionSpeaker.session_id == ForumSession.id)
    .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
    .where(ForumSession.forum_id == bindparam("forum_id"), Speaker.account_id == bindparam("account_id"))
    .distinct()
)


@dataclass(frozen=True)
class Engagement:
    """Something that takes a delegate's time, half-open: [starts_at, ends_at).

    ``side_event_id`` is None for a session where they speak.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    side_event_id: int | None = None

    def overlaps(self, other: "Engagement") -> bool:
        """Say whether both take place at one moment at least."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def active_bookings(registration: Registration) -> list[SideEventBooking]:
    """Return the live bookings of one registration, with their side events, by time."""
    return list(db.session.scalars(_ACTIVE, {"registration_id": registration.id}))


def speaking_slots(*, forum_id: int, account_id: int) -> list[Engagement]:
    """Return when this person speaks at this forum."""
    slots = db.session.execute(_SPEAKING, {"forum_id": forum_id, "account_id": account_id})
    return [Engagement(title, slot.starts_at, slot.ends_at) for title, slot in slots]


def as_engagement(side_event: SideEvent) -> Engagement:
    """Return the time a side event takes."""
    return Engagement(side_event.title, side_event.starts_at, side_event.ends_at, side_event.id)
