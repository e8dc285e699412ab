"""Sessions with limited places: opened by the organiser, signed up for by confirmed delegates, left."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.seats import SeatPool, set_capacity

from ..enums import BookingState, RegistrationState
from ..errors import BookingRefused, ProgrammeRefused
from ..models import Forum, ForumSession, LimitedSession, Registration, SessionBooking, Slot
from ..queries.bookings import Engagement, active_bookings, as_engagement, busy_with_sessions, session_bookings
from .locking import lock_forum, lock_registration
from .places import Booking, end_booking, offer_freed_places, seat_or_wait

_ENDED = (BookingState.CANCELLED, BookingState.DECLINED)


def set_places(forum: Forum, session: ForumSession, places: int | None, *, actor: Account, now: datetime) -> int:
    """Limit a session to so many places, change how many, or with None let everybody come again.

    Returns:
        To how many people of the waiting list a place was offered.

    Raises:
        CapacityTooSmall: more people than that hold a place.
        ProgrammeRefused: somebody has a place or waits for one, so the limit stays.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    limited = db.session.get(LimitedSession, session.id, populate_existing=True)
    before = limited.pool.capacity if limited else None
    offered: list[Booking] = []
    if places is None:
        forget_places(session)
    elif limited is None:
        pool = SeatPool(label=session.title[:200], capacity=places, taken=0, created_at=now)
        db.session.add(LimitedSession(session=session, pool=pool, opened_at=now))
        db.session.flush()
    else:
        set_capacity(limited.pool, places)
        offered = offer_freed_places(limited, now=now)
    if before != places:
        changes = {"places": (before, places)}
        record("places of a session set", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    return len(offered)


def forget_places(session: ForumSession) -> None:
    """Take the limit of a session away, with what is left of places that ended.

    Raises:
        ProgrammeRefused: somebody has a place or waits for one.
    """
    limited = db.session.get(LimitedSession, session.id)
    if limited is None:
        return
    if signed_up_for([session.id]):
        raise ProgrammeRefused(
            f"People have signed up for {session.title}, so it keeps its places. Write to them first.", field="places"
        )
    db.session.execute(delete(SessionBooking).where(SessionBooking.session_id == session.id))
    pool = limited.pool
    db.session.delete(limited)
    db.session.flush()
    db.session.delete(pool)
    db.session.flush()


def signed_up_for(session_ids: list[int]) -> set[int]:
    """Return those of the sessions, by id, at which somebody has a place or waits for one."""
    live = SessionBooking.state.not_in(_ENDED)
    return set(
        db.session.scalars(
            select(SessionBooking.session_id).where(SessionBooking.session_id.in_(session_ids), live).distinct()
        )
    )


def sign_up(registration: Registration, limited: LimitedSession, *, actor: Account, now: datetime) -> BookingState:
    """Ask for a place at a session.

    Returns:
        ``CONFIRMED`` while a seat is free and nobody waits, otherwise ``WAITLISTED``.

    Raises:
        BookingRefused: the registration is not confirmed, the session has no time or is over, there is a place
            already, or something else of theirs is at the same time.

    Flushes; the caller commits.
    """
    lock_registration(registration)
    if registration.state is not RegistrationState.CONFIRMED:
        raise BookingRefused("Places at sessions are for confirmed delegates of the forum.")
    session = limited.session
    slot = session.slot
    if slot is None:
        raise BookingRefused(f"{session.title} has no time yet.")
    if limited.is_over(now):
        raise BookingRefused(f"{session.title} is over.")
    if any(each.session_id == session.id for each in session_bookings(registration)):
        raise BookingRefused(f"You have signed up for {session.title} already.")
    _refuse_clash(Engagement(session.title, slot.starts_at, slot.ends_at), _busy(registration))
    booking = _booking_row(registration, limited, now=now)
    seat_or_wait(booking, actor=actor, now=now)
    return booking.state


def end_session_bookings(registration: Registration, *, now: datetime) -> None:
    """Give up every place of a registration that ended. Flushes."""
    for booking in session_bookings(registration):
        end_booking(booking, BookingState.CANCELLED, actor=None, now=now)


def limited_sessions_with_waiting(*, now: datetime) -> list[LimitedSession]:
    """Return the sessions yet to begin where somebody waits, for the sweep that offers what is free."""
    waits = exists().where(
        SessionBooking.session_id == LimitedSession.session_id, SessionBooking.state == BookingState.WAITLISTED
    )
    statement = (
        select(LimitedSession)
        .join(Slot, Slot.session_id == LimitedSession.session_id)
        .where(waits, Slot.starts_at > now)
        .order_by(LimitedSession.session_id)
    )
    return list(db.session.scalars(statement))


def _busy(registration: Registration) -> list[Engagement]:
    return [
        *(as_engagement(each.side_event) for each in active_bookings(registration)),
        *busy_with_sessions(registration),
    ]


def _refuse_clash(wanted: Engagement, busy: list[Engagement]) -> None:
    other = next((each for each in busy if wanted.overlaps(each)), None)
    if other is None:
        return
    told = f"“{wanted.title}” and “{other.title}” are at the same time."
    may_give_up = other.signed_up or other.side_event_id is not None
    raise BookingRefused(
        f"{told} Give the other one up first." if may_give_up else f"{told} You speak in the other one."
    )


def _booking_row(registration: Registration, limited: LimitedSession, *, now: datetime) -> SessionBooking:
    statement = select(SessionBooking).where(
        SessionBooking.registration_id == registration.id, SessionBooking.session_id == limited.session_id
    )
    booking = db.session.scalar(statement)
    if booking is None:
        booking = SessionBooking(registration=registration, limited=limited, chosen_at=now)
        db.session.add(booking)
    booking.chosen_at = now
    booking.waitlisted_at = booking.offer_ends_at = None
    booking.came_from_waiting_list = False
    return booking
