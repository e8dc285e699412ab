"""Who waits, in which order, and whether anybody does."""

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from gtn_events.core.db import db
from gtn_events.core.seats import SeatPool

from ..enums import BookingState, RegistrationState
from ..models import (
    Allotment,
    Forum,
    ForumCategory,
    LimitedSession,
    Registration,
    SessionBooking,
    SideEvent,
    SideEventBooking,
)
from .allotments import HOLDER

_WAITING_ORDER = (Registration.priority.desc(), Registration.waitlisted_at, Registration.id)

_Common = aliased(SeatPool)
_Kept = aliased(SeatPool)
_WAITS = Registration.state == RegistrationState.WAITLISTED

_IN_CATEGORY = select(exists().where(Registration.category_id == bindparam("category_id"), _WAITS))
_OF_HOLDER = select(
    exists().where(Registration.category_id == bindparam("category_id"), _WAITS, bindparam("holder") == HOLDER)
)
_ALLOTMENT = (
    select(Allotment)
    .where(Allotment.category_id == bindparam("category_id"), Allotment.holder == bindparam("holder"))
    .options(joinedload(Allotment.pool))
)


def _with_room() -> Select[Registration]:
    """Select who waits although the category has a place that is for them: a kept one, a common one, or any."""
    has_room = or_(
        ForumCategory.common_pool_id.is_(None), _Common.taken < _Common.capacity, _Kept.taken < _Kept.capacity
    )
    return (
        select(Registration)
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .join(SeatPool, SeatPool.id == ForumCategory.pool_id)
        .outerjoin(_Common, _Common.id == ForumCategory.common_pool_id)
        .outerjoin(Allotment, and_(Allotment.category_id == Registration.category_id, Allotment.holder == HOLDER))
        .outerjoin(_Kept, _Kept.id == Allotment.pool_id)
        .where(_WAITS, SeatPool.taken < SeatPool.capacity, has_room)
    )


_FOR_THE_FORUM = select(
    _with_room()
    .where(Registration.forum_id == bindparam("forum_id"), Registration.category_id != bindparam("category_id"))
    .exists()
)


def somebody_waits(category: ForumCategory, holder: str | None = None) -> bool:
    """Say whether somebody waits for this category's places: for those kept for a holder, or for any.

    Args:
        holder: whose kept places; None for common places, for which everybody of the category waits.
    """
    if holder is None:
        return bool(db.session.scalar(_IN_CATEGORY, {"category_id": category.id}))
    return bool(db.session.scalar(_OF_HOLDER, {"category_id": category.id, "holder": holder}))


def somebody_waits_for_the_forum(category: ForumCategory) -> bool:
    """Say whether somebody of another category has a place there and waits for the overall limit alone."""
    if category.forum.pool_id is None:
        return False
    return bool(db.session.scalar(_FOR_THE_FORUM, {"category_id": category.id, "forum_id": category.forum_id}))


def allotment_for(category: ForumCategory, holder: str) -> Allotment | None:
    """Return the places of a category that are kept for a holder, if any are."""
    if not category.is_allotted:
        return None
    return db.session.scalar(_ALLOTMENT, {"category_id": category.id, "holder": holder})


def waiting_for_seats(forum: Forum) -> Select[Registration]:
    """Select who waits although a place is for them, in the order they are served."""
    return _with_room().where(Registration.forum_id == forum.id).order_by(*_WAITING_ORDER)


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


def session_bookings_waiting(limited: LimitedSession) -> Select[SessionBooking]:
    """Select who waits for a session, in the order they are served."""
    return (
        select(SessionBooking)
        .where(
            SessionBooking.session_id == limited.session_id,
            SessionBooking.state == BookingState.WAITLISTED,
        )
        .order_by(SessionBooking.waitlisted_at, SessionBooking.id)
    )
