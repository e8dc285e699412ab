"""The places of sessions that one signs up for: as the public page shows them, and who has one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.core.seats import SeatPool

from ..enums import BookingState
from ..models import Forum, ForumSession, LimitedSession, Registration, SessionBooking, Slot
from .delegate import registration_of_person

PEOPLE_HEADERS = ("Number", "Given name", "Family name", "Organisation", "E-mail", "State", "Signed up", "Waits since")
SHOWN = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITLISTED)
_WAITED_FOR = exists().where(
    SessionBooking.session_id == LimitedSession.session_id, SessionBooking.state == BookingState.WAITLISTED
)
# Every look at a programme asks it, so it is put together once.
_FREE = (
    select(LimitedSession.session_id, SeatPool.capacity - SeatPool.taken, _WAITED_FOR)
    .join(SeatPool, SeatPool.id == LimitedSession.pool_id)
    .join(Slot, Slot.session_id == LimitedSession.session_id)
    .where(Slot.forum_id == bindparam("forum_id"), Slot.starts_at > bindparam("now"))
    .order_by(LimitedSession.session_id)
)


@dataclass(frozen=True)
class PlacesShown:
    """The places of one session as one reader sees them; ``in_line`` counts from 1 while they wait."""

    limited: LimitedSession
    waiting: int
    registration: Registration | None
    booking: SessionBooking | None
    in_line: int | None


def places_shown(forum: Forum, session_id: int, *, account_id: int | None) -> PlacesShown | None:
    """Return the places of a session and what of them is the reader's; None where everybody may come."""
    limited = db.session.scalar(limited_of(session_id))
    if limited is None:
        return None
    registration = registration_of_person(forum_id=forum.id, account_id=account_id) if account_id else None
    mine = SessionBooking.session_id == session_id, SessionBooking.state.in_(SHOWN)
    booking = None
    if registration is not None:
        booking = db.session.scalar(
            select(SessionBooking).where(*mine, SessionBooking.registration_id == registration.id)
        )
    line = list(db.session.scalars(_line(session_id)))
    in_line = line.index(booking.id) + 1 if booking and booking.id in line else None
    return PlacesShown(limited, len(line), registration, booking, in_line)


def limited_of(session_id: int) -> Select[LimitedSession]:
    """Select the places of one session, with the session and its time."""
    return (
        select(LimitedSession)
        .where(LimitedSession.session_id == session_id)
        .options(joinedload(LimitedSession.pool), joinedload(LimitedSession.session).joinedload(ForumSession.slot))
    )


def free_places(forum: Forum, *, now: datetime) -> dict[int, int]:
    """Return how many places are free at the sessions of a forum that have so many and begin later, by session id.

    None is while somebody waits: what becomes free is offered in the order of the line.
    """
    found = db.session.execute(_FREE, {"forum_id": forum.id, "now": now})
    return {session_id: 0 if waited_for else free for session_id, free, waited_for in found}


def codes_signed_up(account_id: int, forum: Forum) -> dict[str, BookingState]:
    """Return what of sessions a person has a place at or waits for, by the sessions' codes."""
    statement = (
        select(ForumSession.code, SessionBooking.state)
        .join(SessionBooking, SessionBooking.session_id == ForumSession.id)
        .join(Registration, Registration.id == SessionBooking.registration_id)
        .where(
            Registration.account_id == account_id,
            Registration.forum_id == forum.id,
            SessionBooking.state.in_(SHOWN),
        )
    )
    return {row.code: row.state for row in db.session.execute(statement)}


def people_at(session_id: int, *states: BookingState) -> list[SessionBooking]:
    """Return who has a place in one of the states: who waits in the order of the line, others by name."""
    order = (
        (SessionBooking.waitlisted_at, SessionBooking.id)
        if states == (BookingState.WAITLISTED,)
        else (Registration.sort_name, SessionBooking.id)
    )
    return list(
        db.session.scalars(
            select(SessionBooking)
            .join(SessionBooking.registration)
            .where(SessionBooking.session_id == session_id, SessionBooking.state.in_(states))
            .options(joinedload(SessionBooking.registration).joinedload(Registration.economy))
            .order_by(*order)
        )
    )


def people_rows(forum: Forum, session_id: int) -> Iterator[list[Cell]]:
    """Give one line for each who has a place, is offered one or waits, by name; times at the venue."""
    statement = (
        select(
            Registration.reference,
            Registration.given_name,
            Registration.family_name,
            Registration.organisation_name,
            Registration.email,
            SessionBooking.state,
            SessionBooking.chosen_at,
            SessionBooking.waitlisted_at,
        )
        .join(Registration, Registration.id == SessionBooking.registration_id)
        .where(SessionBooking.session_id == session_id, SessionBooking.state.in_(SHOWN))
        .order_by(Registration.sort_name, Registration.id)
    )
    for number, given, family, organisation, email, state, chosen_at, waits in db.session.execute(statement):
        in_line = state is BookingState.WAITLISTED
        since = waits.astimezone(forum.zone).replace(tzinfo=None) if in_line and waits else None
        chosen = chosen_at.astimezone(forum.zone).replace(tzinfo=None)
        yield [number, given, family.upper(), organisation, email, state.label, chosen, since]


def _line(session_id: int) -> Select[int]:
    waits = SessionBooking.session_id == session_id, SessionBooking.state == BookingState.WAITLISTED
    return select(SessionBooking.id).where(*waits).order_by(SessionBooking.waitlisted_at, SessionBooking.id)
