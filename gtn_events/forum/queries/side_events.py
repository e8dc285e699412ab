"""Reads of side events and of who has a place at them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import Forum, Registration, SideEvent, SideEventBooking

SHOWN = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITLISTED, BookingState.CHOSEN)


def side_events_of(forum: Forum) -> list[SideEvent]:
    """Return all side events of a forum by time, hidden ones too, with host and places."""
    statement = (
        select(SideEvent)
        .where(SideEvent.forum_id == forum.id)
        .options(joinedload(SideEvent.pool), joinedload(SideEvent.host_economy))
        .order_by(SideEvent.starts_at, SideEvent.id)
    )
    return list(db.session.scalars(statement))


def side_event_of(forum: Forum, slug: str) -> Select[SideEvent]:
    """Select one side event of this forum."""
    return (
        select(SideEvent)
        .where(SideEvent.forum_id == forum.id, SideEvent.slug == slug)
        .options(joinedload(SideEvent.pool), joinedload(SideEvent.host_economy))
    )


def booking_counts(forum: Forum) -> dict[int, dict[BookingState, int]]:
    """Return how many bookings are in each state, side event id to state to count, in one query."""
    statement = (
        select(SideEventBooking.side_event_id, SideEventBooking.state, func.count())
        .join(SideEvent)
        .where(SideEvent.forum_id == forum.id)
        .group_by(SideEventBooking.side_event_id, SideEventBooking.state)
    )
    counts: dict[int, dict[BookingState, int]] = {}
    for side_event_id, state, count in db.session.execute(statement):
        counts.setdefault(side_event_id, {})[state] = count
    return counts


def people_of(side_event: SideEvent, *states: BookingState) -> Select[SideEventBooking]:
    """Select bookings in some states with their registrations: who waits in the order of the line, others by name."""
    waiting = states == (BookingState.WAITLISTED,)
    order = (
        (SideEventBooking.waitlisted_at, SideEventBooking.id)
        if waiting
        else (Registration.sort_name, SideEventBooking.id)
    )
    return (
        select(SideEventBooking)
        .join(Registration)
        .where(SideEventBooking.side_event_id == side_event.id, SideEventBooking.state.in_(states))
        .options(joinedload(SideEventBooking.registration).joinedload(Registration.economy))
        .order_by(*order)
    )
