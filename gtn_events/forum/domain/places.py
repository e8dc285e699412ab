"""Places at side events and at sessions: seated, waited for, offered, passed on; one engine for both."""

from datetime import datetime

from sqlalchemy import Select, select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.seats import release_seats, take_seats

from ..enums import BookingState
from ..errors import BookingRefused, OfferEnded
from ..models import LimitedSession, SessionBooking, SideEvent, SideEventBooking
from ..notifications import tell_about_booking, tell_about_session_booking
from ..queries.waiting import bookings_waiting, session_bookings_waiting
from .deadlines import offer_deadline
from .locking import lock_booking, lock_forum

Booking = SideEventBooking | SessionBooking
Occasion = SideEvent | LimitedSession
_NOUNS: dict[type[Booking], str] = {SideEventBooking: "side event", SessionBooking: "session"}


def seat_or_wait(booking: Booking, *, actor: Account | None, now: datetime) -> None:
    """Give a seat while one is free and nobody waits, else a place in line. Flushes."""
    occasion = booking.occasion
    if not somebody_waits(occasion) and take_seats([occasion.pool]):
        set_booking_state(booking, BookingState.CONFIRMED, actor=actor, now=now)
    else:
        booking.waitlisted_at = now
        set_booking_state(booking, BookingState.WAITLISTED, actor=actor, now=now)


def somebody_waits(occasion: Occasion) -> bool:
    """Say whether anybody is in line."""
    return db.session.scalars(_waiting(occasion).limit(1)).first() is not None


def leave_booking(booking: Booking, *, actor: Account, now: datetime) -> None:
    """Give the place (or the place in line) up; a seat goes to whoever waits.

    Raises:
        BookingRefused: there is nothing to give up any more.
    """
    lock_booking(booking)
    if not booking.state.is_active:
        raise BookingRefused(f"You have no place at this {_noun(booking)} any more.")
    end_booking(booking, BookingState.CANCELLED, actor=actor, now=now)


def accept_booking(booking: Booking, *, actor: Account, now: datetime) -> None:
    """Take an offered place.

    Raises:
        OfferEnded: the deadline has passed.
        BookingRefused: nothing is offered.
    """
    lock_booking(booking)
    if booking.state is not BookingState.OFFERED:
        raise BookingRefused(f"No place is offered to you at this {_noun(booking)}.")
    if booking.offer_ends_at is not None and now >= booking.offer_ends_at:
        raise OfferEnded("The offer has ended; the place passes to the next on the waiting list.")
    booking.offer_ends_at = None
    booking.came_from_waiting_list = True
    set_booking_state(booking, BookingState.CONFIRMED, actor=actor, now=now)


def decline_booking(booking: Booking, *, actor: Account, now: datetime) -> None:
    """Give an offered place back; it passes to the next."""
    lock_booking(booking)
    if booking.state is not BookingState.OFFERED:
        raise BookingRefused(f"No place is offered to you at this {_noun(booking)}.")
    end_booking(booking, BookingState.DECLINED, actor=actor, now=now)


def offer_freed_places(occasion: Occasion, *, now: datetime) -> list[Booking]:
    """Offer every free seat to whoever waits first; nobody once it is over. Flushes."""
    offered: list[Booking] = []
    if occasion.is_over(now):
        return offered
    lock_forum(occasion.forum)
    while True:
        statement = _waiting(occasion).limit(1).execution_options(populate_existing=True)
        booking = db.session.scalars(statement).first()
        if booking is None or not take_seats([occasion.pool]):
            return offered
        booking.offer_ends_at = offer_deadline(
            now=now,
            hours=booking.registration.forum.offer_hours,
            time_zone=booking.registration.account.time_zone,
        )
        set_booking_state(booking, BookingState.OFFERED, actor=None, now=now)
        _tell(booking, "offered", now=now)
        offered.append(booking)


def lapse_due_bookings(*, now: datetime) -> list[int]:
    """End every offered place whose deadline has come, pass it on, and return the bookings' ids. Flushes."""
    lapsed = []
    at_side_events, at_sessions = (
        select(kind)
        .where(kind.state == BookingState.OFFERED, kind.offer_ends_at <= now)
        .order_by(kind.offer_ends_at, kind.id)
        for kind in (SideEventBooking, SessionBooking)
    )
    due: list[Booking] = [*db.session.scalars(at_side_events), *db.session.scalars(at_sessions)]
    for booking in due:
        lock_booking(booking)
        # While we waited for the lock the delegate may have answered.
        if booking.state is BookingState.OFFERED:
            end_booking(booking, BookingState.DECLINED, actor=None, now=now)
            _tell(booking, "lapsed", now=now)
            lapsed.append(booking.id)
    return lapsed


def end_booking(booking: Booking, state: BookingState, *, actor: Account | None, now: datetime) -> None:
    """Let a place go, whatever it was, and pass its seat on. Flushes."""
    held_seat = booking.state.holds_seat
    booking.offer_ends_at = None
    set_booking_state(booking, state, actor=actor, now=now)
    if held_seat:
        release_seats([booking.occasion.pool])
        offer_freed_places(booking.occasion, now=now)


def set_booking_state(booking: Booking, state: BookingState, *, actor: Account | None, now: datetime) -> None:
    """Write a state and its entry in the journal; seats are the caller's. Flushes."""
    before = booking.state
    booking.state, booking.changed_at = state, now
    db.session.flush()
    journal.record(
        f"{_noun(booking)} {state}",
        booking.registration,
        actor=actor,
        now=now,
        scope=booking.registration.scope,
        changes={booking.occasion.title: (before, state)},
    )


def _waiting(occasion: Occasion) -> Select[Booking]:
    waiting: Select[Booking] = (
        bookings_waiting(occasion) if isinstance(occasion, SideEvent) else session_bookings_waiting(occasion)
    )
    return waiting


def _tell(booking: Booking, what: str, *, now: datetime) -> None:
    if isinstance(booking, SideEventBooking):
        tell_about_booking(booking, f"forum/booking_{what}", now=now)
    else:
        tell_about_session_booking(booking, f"forum/session_booking_{what}", now=now)


def _noun(booking: Booking) -> str:
    return _NOUNS[type(booking)]
