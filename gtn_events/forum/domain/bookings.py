"""Places at side events: chosen, confirmed, waited for, offered, left."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.seats import release_seats, take_seats

from ..enums import Audience, BookingState, RegistrationState
from ..errors import BookingRefused, OfferEnded, SideEventsClash
from ..models import Registration, SideEvent, SideEventBooking
from ..notifications import tell_about_booking
from ..queries.bookings import Engagement, active_bookings, as_engagement, speaking_slots
from ..queries.guests import is_guest
from ..queries.waiting import bookings_waiting
from .deadlines import offer_deadline
from .locking import lock_booking, lock_forum, lock_registration


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
    speaking = speaking_slots(forum_id=registration.forum_id, account_id=registration.account_id)
    refuse_clashes([side_event], [*taken_times, *speaking])
    booking = _booking_row(registration, side_event, now=now)
    _set_state(booking, BookingState.CHOSEN, actor=actor, now=now)
    if registration.state is RegistrationState.CONFIRMED:
        _seat_or_wait(booking, actor=actor, now=now)
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
    refuse_clashes([side_event], speaking_slots(forum_id=registration.forum_id, account_id=registration.account_id))
    seated = registration.state is RegistrationState.CONFIRMED
    if seated and (_somebody_waits(side_event) or not take_seats([side_event.pool])):
        raise BookingRefused(f"{side_event.title} has no free place now, so you keep what you have.")
    booking = _booking_row(registration, side_event, now=now)
    _set_state(booking, BookingState.CONFIRMED if seated else BookingState.CHOSEN, actor=actor, now=now)
    for each in given_up:
        _end(each, BookingState.CANCELLED, actor=actor, now=now)
    return given_up


def leave_side_event(booking: SideEventBooking, *, actor: Account, now: datetime) -> None:
    """Give the place (or the place in line) up; a seat goes to whoever waits.

    Raises:
        BookingRefused: there is nothing to give up any more.
    """
    lock_booking(booking)
    if not booking.state.is_active:
        raise BookingRefused("You have no place at this side event any more.")
    _end(booking, BookingState.CANCELLED, actor=actor, now=now)


def accept_booking(booking: SideEventBooking, *, actor: Account, now: datetime) -> None:
    """Take an offered place.

    Raises:
        OfferEnded: the deadline has passed.
        BookingRefused: nothing is offered.
    """
    lock_booking(booking)
    if booking.state is not BookingState.OFFERED:
        raise BookingRefused("No place is offered to you at this side event.")
    if booking.offer_ends_at is not None and now >= booking.offer_ends_at:
        raise OfferEnded("The offer has ended; the place passes to the next on the waiting list.")
    booking.offer_ends_at = None
    booking.came_from_waiting_list = True
    _set_state(booking, BookingState.CONFIRMED, actor=actor, now=now)


def decline_booking(booking: SideEventBooking, *, actor: Account, now: datetime) -> None:
    """Give an offered place back; it passes to the next."""
    lock_booking(booking)
    if booking.state is not BookingState.OFFERED:
        raise BookingRefused("No place is offered to you at this side event.")
    _end(booking, BookingState.DECLINED, actor=actor, now=now)


def settle_bookings(registration: Registration, *, now: datetime) -> list[SideEventBooking]:
    """Turn what a delegate chose into places, now that the registration is confirmed; return all live bookings.

    Flushes.
    """
    bookings = active_bookings(registration)
    for booking in bookings:
        if booking.state is BookingState.CHOSEN:
            _seat_or_wait(booking, actor=None, now=now)
    return bookings


def end_bookings(registration: Registration, *, now: datetime) -> None:
    """Give up every place of a registration that ended. Flushes."""
    for booking in active_bookings(registration):
        _end(booking, BookingState.CANCELLED, actor=None, now=now)


def offer_freed_places(side_event: SideEvent, *, now: datetime) -> list[SideEventBooking]:
    """Offer every free seat of a side event to whoever waits first; nobody once it is over. Flushes."""
    offered: list[SideEventBooking] = []
    if side_event.is_over(now):
        return offered
    lock_forum(side_event.forum)
    while True:
        statement = bookings_waiting(side_event).limit(1).execution_options(populate_existing=True)
        booking = db.session.scalars(statement).first()
        if booking is None or not take_seats([side_event.pool]):
            return offered
        booking.offer_ends_at = offer_deadline(
            now=now,
            hours=booking.registration.forum.offer_hours,
            time_zone=booking.registration.account.time_zone,
        )
        _set_state(booking, BookingState.OFFERED, actor=None, now=now)
        tell_about_booking(booking, "forum/booking_offered", now=now)
        offered.append(booking)


def lapse_due_bookings(*, now: datetime) -> list[int]:
    """End every offered place whose deadline has come, pass it on, and return the bookings' ids. Flushes."""
    due = (
        select(SideEventBooking)
        .where(SideEventBooking.state == BookingState.OFFERED, SideEventBooking.offer_ends_at <= now)
        .order_by(SideEventBooking.offer_ends_at, SideEventBooking.id)
    )
    lapsed = []
    for booking in db.session.scalars(due).all():
        lock_booking(booking)
        # While we waited for the lock the delegate may have answered.
        if booking.state is BookingState.OFFERED:
            _end(booking, BookingState.DECLINED, actor=None, now=now)
            tell_about_booking(booking, "forum/booking_lapsed", now=now)
            lapsed.append(booking.id)
    return lapsed


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


def _seat_or_wait(booking: SideEventBooking, *, actor: Account | None, now: datetime) -> None:
    side_event = booking.side_event
    if not _somebody_waits(side_event) and take_seats([side_event.pool]):
        _set_state(booking, BookingState.CONFIRMED, actor=actor, now=now)
    else:
        booking.waitlisted_at = now
        _set_state(booking, BookingState.WAITLISTED, actor=actor, now=now)


def _somebody_waits(side_event: SideEvent) -> bool:
    return db.session.scalars(bookings_waiting(side_event).limit(1)).first() is not None


def _end(booking: SideEventBooking, state: BookingState, *, actor: Account | None, now: datetime) -> None:
    held_seat = booking.state.holds_seat
    booking.offer_ends_at = None
    _set_state(booking, state, actor=actor, now=now)
    if held_seat:
        release_seats([booking.side_event.pool])
        offer_freed_places(booking.side_event, now=now)


def _set_state(booking: SideEventBooking, state: BookingState, *, actor: Account | None, now: datetime) -> None:
    before = booking.state
    booking.state, booking.changed_at = state, now
    db.session.flush()
    journal.record(
        f"side event {state}",
        booking.registration,
        actor=actor,
        now=now,
        scope=booking.registration.scope,
        changes={booking.side_event.title: (before, state)},
    )
