"""Who waits, in which order, and whether anybody does."""

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select

from gtn_events.core.db import db
from gtn_events.core.seats import SeatPool

from ..enums import BookingState, RegistrationState
from ..models import Forum, ForumCategory, Registration, SideEvent, SideEventBooking

_WAITING_ORDER = (Registration.priority.desc(), Registration.waitlisted_at, Registration.id)

_SAME_CATEGORY_WAITS = select(
    exists().where(
        Registration.category_id == bindparam("category_id"), Registration.state == RegistrationState.WAITLISTED
    )
)
_SOMEBODY_WAITS = select(
    exists().where(
        Registration.category_id == ForumCategory.id,
        ForumCategory.pool_id == SeatPool.id,
        Registration.state == RegistrationState.WAITLISTED,
        or_(
            Registration.category_id == bindparam("category_id"),
            and_(Registration.forum_id == bindparam("forum_id"), SeatPool.taken < SeatPool.capacity),
        ),
    )
)


def somebody_waits(category: ForumCategory) -> bool:
    """Say whether a newcomer of this category would pass somebody by.

    That is anybody waiting for the category itself, or, where the forum has an overall
    pool, anybody whose own category has room and who waits for the overall pool.
    """
    if category.forum.pool_id is None:
        return bool(db.session.scalar(_SAME_CATEGORY_WAITS, {"category_id": category.id}))
    return bool(db.session.scalar(_SOMEBODY_WAITS, {"category_id": category.id, "forum_id": category.forum_id}))


def waiting_for_seats(forum: Forum) -> Select[Registration]:
    """Select who waits for a category that has room, in the order they are served."""
    return (
        select(Registration)
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .join(SeatPool, SeatPool.id == ForumCategory.pool_id)
        .where(
            Registration.forum_id == forum.id,
            Registration.state == RegistrationState.WAITLISTED,
            SeatPool.taken < SeatPool.capacity,
        )
        .order_by(*_WAITING_ORDER)
    )


def place_in_line(registration: Registration) -> int:
    """Return how many of the same category are served before this one, plus one."""
    before = or_(
        Registration.priority > registration.priority,
        and_(
            Registration.priority == registration.priority,
            or_(
                Registration.waitlisted_at < registration.waitlisted_at,
                and_(Registration.waitlisted_at == registration.waitlisted_at, Registration.id < registration.id),
            ),
        ),
    )
    statement = select(func.count()).where(
        Registration.category_id == registration.category_id,
        Registration.state == RegistrationState.WAITLISTED,
        before,
    )
    return 1 + (db.session.scalar(statement) or 0)


def bookings_waiting(side_event: SideEvent) -> Select[SideEventBooking]:
    """Select who waits for a side event, in the order they are served."""
    return (
        select(SideEventBooking)
        .where(
            SideEventBooking.side_event_id == side_event.id,
            SideEventBooking.state == BookingState.WAITLISTED,
        )
        .order_by(SideEventBooking.waitlisted_at, SideEventBooking.id)
    )
