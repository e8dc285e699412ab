"""Everything in a delegate's time at one forum: the sessions where they speak, and their side events."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import ForumSession, Registration, SessionSpeaker, SideEvent, SideEventBooking, Slot, Speaker


@dataclass(frozen=True)
class AgendaItem:
    """One thing in a delegate's time; ``key`` names it in the address of its calendar file.

    ``state`` is None for a session where they speak; ``uid`` stays when it moves.
    """

    key: str
    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str
    changed_at: datetime
    state: BookingState | None = None
    slug: str = ""
    code: str = ""

    @property
    def is_called_off(self) -> bool:
        """True when they had it and have it no more, so that a calendar takes it out."""
        return self.state is not None and not self.state.is_active

    @property
    def is_certain(self) -> bool:
        """True for a session of theirs and for a place that they have."""
        return self.state in (None, BookingState.CONFIRMED)


def agenda_of(registration: Registration) -> list[AgendaItem]:
    """Return everything by time, with side events that were given up; a hidden one counts as given up."""
    found = [*_sessions(registration), *_side_events(registration)]
    return sorted(found, key=lambda item: (item.starts_at, item.key))


def _sessions(registration: Registration) -> list[AgendaItem]:
    forum = registration.forum
    theirs = (
        select(SessionSpeaker.session_id)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .where(Speaker.forum_id == forum.id, Speaker.account_id == registration.account_id)
    )
    statement = (
        select(ForumSession, Slot)
        .join(Slot, Slot.session_id == ForumSession.id)
        .where(ForumSession.forum_id == forum.id, ForumSession.id.in_(theirs))
        .options(joinedload(Slot.room))
    )
    return [
        AgendaItem(
            key=f"session-{session.code}",
            uid=f"{slot.guid}@gtn-events",
            title=session.title,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            room=slot.room.name if slot.room else "",
            changed_at=forum.programme_changed_at or forum.created_at,
            code=session.code,
        )
        for session, slot in db.session.execute(statement)
    ]


def _side_events(registration: Registration) -> list[AgendaItem]:
    statement = (
        select(SideEventBooking)
        .join(SideEventBooking.side_event)
        .where(SideEventBooking.registration_id == registration.id)
        .options(contains_eager(SideEventBooking.side_event))
    )
    return [_booked(registration, each, each.side_event) for each in db.session.scalars(statement)]


def _booked(registration: Registration, booking: SideEventBooking, side_event: SideEvent) -> AgendaItem:
    changed = [booking.chosen_at, booking.changed_at, side_event.changed_at]
    return AgendaItem(
        key=f"side-event-{side_event.id}",
        uid=f"side-event-{side_event.id}-{registration.reference}@gtn-events",
        title=side_event.title,
        starts_at=side_event.starts_at,
        ends_at=side_event.ends_at,
        room=side_event.room_name,
        changed_at=max(each for each in changed if each is not None),
        state=booking.state if side_event.published else BookingState.CANCELLED,
        slug=side_event.slug,
    )
