"""A registration's side events and what else takes its person's time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import (
    ForumSession,
    LimitedSession,
    Registration,
    SessionBooking,
    SessionSpeaker,
    SideEvent,
    SideEventBooking,
    Slot,
    Speaker,
)

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
_SIGNED_UP = (
    select(SessionBooking)
    .where(SessionBooking.registration_id == bindparam("registration_id"), SessionBooking.state.not_in(_ENDED))
    .options(
        joinedload(SessionBooking.limited).joinedload(LimitedSession.session).joinedload(ForumSession.slot),
        joinedload(SessionBooking.limited).joinedload(LimitedSession.pool),
    )
    .order_by(SessionBooking.id)
)


@dataclass(frozen=True)
class Engagement:
    """Something that takes a delegate's time, half-open: [starts_at, ends_at).

    ``side_event_id`` is None for a session; ``signed_up`` says that they only listen there.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    side_event_id: int | None = None
    signed_up: bool = False

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


def session_bookings(registration: Registration) -> list[SessionBooking]:
    """Return the live places of one registration at sessions, with these."""
    return list(db.session.scalars(_SIGNED_UP, {"registration_id": registration.id}))


def busy_with_sessions(registration: Registration) -> list[Engagement]:
    """Return when a delegate speaks, and when the sessions are that they signed up for."""
    speaking = speaking_slots(forum_id=registration.forum_id, account_id=registration.account_id)
    booked = [each.limited.session for each in session_bookings(registration)]
    return speaking + [
        Engagement(each.title, each.slot.starts_at, each.slot.ends_at, signed_up=True) for each in booked if each.slot
    ]


def as_engagement(side_event: SideEvent) -> Engagement:
    """Return the time a side event takes."""
    return Engagement(side_event.title, side_event.starts_at, side_event.ends_at, side_event.id)
