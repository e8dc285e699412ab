"""The recount: every seat pool compared with the rows that hold its seats."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from gtn_events.core.db import db
from gtn_events.core.seats import SeatPool

from ..enums import SEATED_STATES, BookingState, GuestState, RegistrationState, SubstitutionState
from ..models import (
    Allotment,
    Forum,
    ForumCategory,
    ForumSession,
    LimitedSession,
    Registration,
    SessionBooking,
    SideEvent,
    SideEventBooking,
    SideEventGuest,
    Substitution,
)
from ..queries.allotments import HOLDER
from ..queries.substitutions import REPLACEABLE

_YET_TO_COME = (RegistrationState.PENDING, RegistrationState.APPROVED)
_BOOKED = (BookingState.CONFIRMED, BookingState.OFFERED)


def seat_differences() -> Iterator[str]:
    """Yield one sentence for each pool whose count is not what the rows say."""
    counted: Counter[int] = Counter()
    for statement in _recounts():
        for pool_id, count in db.session.execute(statement):
            counted[pool_id] += count
    for pool in db.session.scalars(select(SeatPool).order_by(SeatPool.id)):
        rows = counted[pool.id]
        if rows != pool.taken:
            yield f"Seat pool {pool.id} ({pool.label}): {pool.taken} taken, but {rows} rows hold a seat."


def allotment_differences() -> Iterator[str]:
    """Yield one sentence for each category whose places do not add up, and each seat from the wrong places."""
    kept = (
        select(Allotment.category_id, func.sum(SeatPool.capacity).label("places"))
        .join(SeatPool, SeatPool.id == Allotment.pool_id)
        .group_by(Allotment.category_id)
        .subquery()
    )
    common = aliased(SeatPool)
    sums = (
        select(ForumCategory.id, ForumCategory.label, SeatPool.capacity, kept.c.places, common.capacity)
        .join(SeatPool, SeatPool.id == ForumCategory.pool_id)
        .outerjoin(kept, kept.c.category_id == ForumCategory.id)
        .outerjoin(common, common.id == ForumCategory.common_pool_id)
        .where(or_(kept.c.places.is_not(None), common.id.is_not(None)))
    )
    for category_id, label, capacity, places, common_capacity in db.session.execute(sums):
        if (places or 0) + (common_capacity or 0) != capacity:
            yield (
                f"Category {category_id} ({label}): {capacity} places, but {places or 0} are kept "
                f"and {common_capacity or 0} are common."
            )
    wrong = (
        select(Registration.reference, Allotment.holder)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            or_(
                Allotment.category_id != Registration.category_id,
                Allotment.holder != HOLDER,
                Registration.state.not_in(SEATED_STATES),
            )
        )
    )
    for reference, holder in db.session.execute(wrong):
        yield f"Registration {reference} has a place of {holder} that is not for it."


def state_differences() -> Iterator[str]:
    """Yield one sentence for each registration or booking whose fields contradict its state."""
    offered_without_end = select(Registration.reference).where(
        Registration.state == RegistrationState.OFFERED, Registration.offer_ends_at.is_(None)
    )
    for reference in db.session.scalars(offered_without_end):
        yield f"Registration {reference} is offered a place without a deadline."
    waiting_without_time = select(Registration.reference).where(
        Registration.state == RegistrationState.WAITLISTED, Registration.waitlisted_at.is_(None)
    )
    for reference in db.session.scalars(waiting_without_time):
        yield f"Registration {reference} is waitlisted without a time."
    seated_without_seat = (
        select(Registration.reference, SideEvent.title)
        .join(SideEventBooking, SideEventBooking.registration_id == Registration.id)
        .join(SideEvent, SideEvent.id == SideEventBooking.side_event_id)
        .where(SideEventBooking.state.in_(_BOOKED), Registration.state != RegistrationState.CONFIRMED)
    )
    signed_up_without_seat = (
        select(Registration.reference, ForumSession.title)
        .join(SessionBooking, SessionBooking.registration_id == Registration.id)
        .join(ForumSession, ForumSession.id == SessionBooking.session_id)
        .where(SessionBooking.state.in_(_BOOKED), Registration.state != RegistrationState.CONFIRMED)
    )
    for statement in (seated_without_seat, signed_up_without_seat):
        for reference, title in db.session.execute(statement):
            yield f"Registration {reference} holds a place at {title} without being confirmed."


def substitution_differences() -> Iterator[str]:
    """Yield one sentence for each place that is promised without being there, or moved without being left."""
    comes = aliased(Registration)
    arranged, done = SubstitutionState.ARRANGED, SubstitutionState.DONE
    statement = (
        select(Registration.reference, Substitution.state)
        .join(Substitution, Substitution.leaves_id == Registration.id)
        .outerjoin(comes, comes.id == Substitution.comes_id)
        .where(
            or_(
                and_(Substitution.state == arranged, Registration.state.not_in(REPLACEABLE)),
                and_(Substitution.state == arranged, comes.state.not_in(_YET_TO_COME)),
                and_(Substitution.state == done, Registration.state != RegistrationState.CANCELLED),
                and_(Substitution.state == done, comes.id.is_(None)),
            )
        )
    )
    for reference, state in db.session.execute(statement):
        yield f"The place of registration {reference} is {state} for somebody else, but the two do not stand like that."


def _recounts() -> tuple[Select[int, int], ...]:
    seated = Registration.state.in_(SEATED_STATES)
    categories = (
        select(ForumCategory.pool_id, func.count(Registration.id))
        .join(Registration, Registration.category_id == ForumCategory.id)
        .where(seated)
        .group_by(ForumCategory.pool_id)
    )
    forums = (
        select(Forum.pool_id, func.count(Registration.id))
        .join(Registration, Registration.forum_id == Forum.id)
        .where(seated, Forum.pool_id.is_not(None))
        .group_by(Forum.pool_id)
    )
    kept = (
        select(Allotment.pool_id, func.count(Registration.id))
        .join(Registration, Registration.allotment_id == Allotment.id)
        .where(seated)
        .group_by(Allotment.pool_id)
    )
    common = (
        select(ForumCategory.common_pool_id, func.count(Registration.id))
        .join(Registration, Registration.category_id == ForumCategory.id)
        .where(seated, Registration.allotment_id.is_(None), ForumCategory.common_pool_id.is_not(None))
        .group_by(ForumCategory.common_pool_id)
    )
    side_events = (
        select(SideEvent.pool_id, func.count(SideEventBooking.id))
        .join(SideEventBooking, SideEventBooking.side_event_id == SideEvent.id)
        .where(SideEventBooking.state.in_(_BOOKED))
        .group_by(SideEvent.pool_id)
    )
    guests = (
        select(SideEvent.pool_id, func.count(SideEventGuest.id))
        .join(SideEventGuest, SideEventGuest.side_event_id == SideEvent.id)
        .where(SideEventGuest.state == GuestState.REGISTERED)
        .group_by(SideEvent.pool_id)
    )
    sessions = (
        select(LimitedSession.pool_id, func.count(SessionBooking.id))
        .join(SessionBooking, SessionBooking.session_id == LimitedSession.session_id)
        .where(SessionBooking.state.in_(_BOOKED))
        .group_by(LimitedSession.pool_id)
    )
    return (categories, forums, kept, common, side_events, guests, sessions)  # type: ignore[return-value]  # no pool_id is null
