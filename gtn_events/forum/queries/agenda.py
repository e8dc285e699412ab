"""Everything in a delegate's time at one forum: the sessions where they speak or sit, and side events."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import Forum, ForumSession, Registration, SessionBooking, SideEvent, SideEventBooking, Speaker
from .programme import SessionFacts
from .programme_editions import Edition, edition_of


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


def agenda_of(registration: Registration, *, now: datetime) -> list[AgendaItem]:
    """Return everything by time, with side events that were given up; a hidden one counts as given up."""
    edition = edition_of(registration.forum, now=now)
    found = [*_sessions(registration, edition), *_signed_up(registration, edition), *_side_events(registration)]
    return sorted(found, key=lambda item: (item.starts_at, item.key))


def _sessions(registration: Registration, edition: Edition) -> list[AgendaItem]:
    """Return the sessions where they speak, as people see the programme."""
    forum = registration.forum
    theirs = select(Speaker.id).where(Speaker.forum_id == forum.id, Speaker.account_id == registration.account_id)
    speaker_ids = list(db.session.scalars(theirs))
    if not speaker_ids:
        return []
    sessions = {each.id: each for key in speaker_ids for each in edition.programme.by_speaker.get(key, ())}
    return [_spoken(forum, each, edition, each.starts_at) for each in sessions.values() if each.starts_at is not None]


def _spoken(forum: Forum, session: SessionFacts, edition: Edition, starts_at: datetime) -> AgendaItem:
    mark = edition.marks.get(session.slot_guid or "")
    return AgendaItem(
        key=f"session-{session.code}",
        uid=f"{session.slot_guid}@gtn-events",
        title=session.title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=session.minutes),
        room=session.room.name if session.room else "",
        changed_at=mark.changed_at if mark else forum.programme_changed_at or forum.created_at,
        code=session.code,
    )


def _signed_up(registration: Registration, edition: Edition) -> list[AgendaItem]:
    """Return the sessions with places where they have one, wait, or gave it up; at the time that people see."""
    statement = (
        select(SessionBooking, ForumSession.code)
        .join(ForumSession, ForumSession.id == SessionBooking.session_id)
        .where(SessionBooking.registration_id == registration.id)
    )
    found = [
        (booking, edition.programme.by_code.get(code.casefold())) for booking, code in db.session.execute(statement)
    ]
    return [
        _with_place(registration, booking, _spoken(registration.forum, session, edition, session.starts_at))
        for booking, session in found
        if session is not None and session.starts_at is not None
    ]


def _with_place(registration: Registration, booking: SessionBooking, item: AgendaItem) -> AgendaItem:
    """Return a session as one where they have a place: not the item of a session where they speak."""
    return replace(
        item,
        key=f"place-{item.code}",
        uid=f"place-{booking.id}-{registration.reference}@gtn-events",
        changed_at=max(each for each in (item.changed_at, booking.chosen_at, booking.changed_at) if each is not None),
        state=booking.state,
    )


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
