"""Places at side events: chosen, exchanged, settled, given up; ``places.py`` seats and passes on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.seats import take_seats

from ..enums import Audience, BookingState, RegistrationState
from ..errors import BookingRefused, SideEventsClash
from ..models import Registration, SideEvent, SideEventBooking
from ..queries.bookings import Engagement, active_bookings, as_engagement, busy_with_sessions
from ..queries.guests import is_guest
from .locking import lock_registration
from .places import end_booking, seat_or_wait, set_booking_state, somebody_waits


def clashes_among(
    side_events: Sequence[SideEvent], others: Sequence[Engagement] = ()
) -> list[tuple[Engagement, Engagement]]:
    """Return every two things that take place at the same time, the chosen side event first.

    Args:
        side_events: what the delegate wants.
        others: what takes their time already (bookings kept, sessions where they speak).
    """
    kept, clashes = list(others), []
    for side_event in sorted(side_events, key=lambda each: (each.starts_at, each.id)):
        wanted = as_engagement(side_event)
        clashes += [(wanted, engagement) for engagement in kept if wanted.overlaps(engagement)]
        kept.append(wanted)
    return clashes


def refuse_clashes(side_events: Sequence[SideEvent], others: Sequence[Engagement] = ()) -> None:
    """Check that nothing chosen takes place at the same time as anything else; see ``clashes_among``.

    Raises:
        SideEventsClash: names every two that overlap.
    """
    clashes = clashes_among(side_events, others)
    if clashes:
        pairs = " ".join(f"{one.title} and {other.title} are at the same time." for one, other in clashes)
        raise SideEventsClash(f"{pairs} Choose one of them.", field="side_events")


def choose_side_event(
    registration: Registration, side_event: SideEvent, *, actor: Account, now: datetime
) -> BookingState:
    """Ask for a place at a side event.

    Returns:
        ``CHOSEN`` until the registration is confirmed; then ``CONFIRMED`` while a seat is
        free and nobody waits, otherwise ``WAITLISTED``.

    Raises:
        BookingRefused: the registration or the side event has ended, or there is a place already.
        SideEventsClash: something else of theirs is at the same time.

    Flushes; the caller commits.
    """
    booked = _bookings_beside(registration, side_event, now=now)
    taken_times = [as_engagement(each.side_event) for each in booked]
    refuse_clashes([side_event], [*taken_times, *busy_with_sessions(registration)])
    booking = _booking_row(registration, side_event, now=now)
    set_booking_state(booking, BookingState.CHOSEN, actor=actor, now=now)
    if registration.state is RegistrationState.CONFIRMED:
        seat_or_wait(booking, actor=actor, now=now)
    return booking.state


def exchange_side_event(
    registration: Registration, side_event: SideEvent, *, actor: Account, now: datetime
) -> list[SideEventBooking]:
    """Take a place and give up every place that is at the same time, all or nothing; return what was given up.

    Raises:
        BookingRefused: as ``choose_side_event``, or no seat is free at once, so everything stays as it is.
        SideEventsClash: a session of theirs is at the same time, which nobody can give up here.

    Flushes; the caller commits.
    """
    booked = _bookings_beside(registration, side_event, now=now)
    wanted = as_engagement(side_event)
    given_up = [each for each in booked if wanted.overlaps(as_engagement(each.side_event))]
    refuse_clashes([side_event], busy_with_sessions(registration))
    seated = registration.state is RegistrationState.CONFIRMED
    if seated and (somebody_waits(side_event) or not take_seats([side_event.pool])):
        raise BookingRefused(f"{side_event.title} has no free place now, so you keep what you have.")
    booking = _booking_row(registration, side_event, now=now)
    set_booking_state(booking, BookingState.CONFIRMED if seated else BookingState.CHOSEN, actor=actor, now=now)
    for each in given_up:
        end_booking(each, BookingState.CANCELLED, actor=actor, now=now)
    return given_up


def settle_bookings(registration: Registration, *, now: datetime) -> list[SideEventBooking]:
    """Turn what a delegate chose into places, now that the registration is confirmed; return all live bookings.

    Flushes.
    """
    bookings = active_bookings(registration)
    for booking in bookings:
        if booking.state is BookingState.CHOSEN:
            seat_or_wait(booking, actor=None, now=now)
    return bookings


def end_bookings(registration: Registration, *, now: datetime) -> None:
    """Give up every place of a registration that ended. Flushes."""
    for booking in active_bookings(registration):
        end_booking(booking, BookingState.CANCELLED, actor=None, now=now)


def side_events_with_waiting() -> list[SideEvent]:
    """Return the side events where somebody waits, for the sweep that offers what is free."""
    waiting = select(SideEventBooking.side_event_id).where(SideEventBooking.state == BookingState.WAITLISTED)
    return list(db.session.scalars(select(SideEvent).where(SideEvent.id.in_(waiting))))


def _booking_row(registration: Registration, side_event: SideEvent, *, now: datetime) -> SideEventBooking:
    statement = select(SideEventBooking).where(
        SideEventBooking.registration_id == registration.id, SideEventBooking.side_event_id == side_event.id
    )
    booking = db.session.scalar(statement)
    if booking is None:
        booking = SideEventBooking(registration=registration, side_event=side_event, chosen_at=now)
        db.session.add(booking)
    booking.chosen_at = now
    booking.waitlisted_at = booking.offer_ends_at = None
    booking.came_from_waiting_list = False
    return booking


def _bookings_beside(registration: Registration, side_event: SideEvent, *, now: datetime) -> list[SideEventBooking]:
    """Return the other bookings of somebody who may choose this side event. Locks the registration."""
    lock_registration(registration)
    if not registration.state.is_active:
        raise BookingRefused("Side events are open to registered delegates. Register for the forum first.")
    if side_event.is_over(now):
        raise BookingRefused(f"{side_event.title} is over.")
    booked = active_bookings(registration)
    if any(each.side_event_id == side_event.id for each in booked):
        raise BookingRefused(f"You have chosen {side_event.title} already.")
    _require_invited(registration, side_event)
    return booked


def _require_invited(registration: Registration, side_event: SideEvent) -> None:
    if side_event.audience is Audience.GUESTS and not is_guest(side_event, registration.account.email_key):
        raise BookingRefused(f"{side_event.title} is open to invited guests only.")
