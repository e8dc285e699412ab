"""Reads of side events and of who has a place at them."""

from collections.abc import Iterator
from datetime import tzinfo

from sqlalchemy import Executable, Select, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell

from ..enums import BookingState
from ..models import Forum, Registration, SideEvent, SideEventBooking

ATTENDEE_HEADERS = ("Number", "Given name", "Family name", "Organisation", "E-mail", "State", "Chosen")
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


def attendee_rows(side_event: SideEvent) -> Iterator[list[Cell]]:
    """Give one line for each person who has a place, is offered one, waits or has chosen it, read when it is taken."""
    statement = (
        select(
            Registration.reference,
            Registration.given_name,
            Registration.family_name,
            Registration.organisation_name,
            Registration.email,
            SideEventBooking.state,
            SideEventBooking.chosen_at,
        )
        .join(Registration, Registration.id == SideEventBooking.registration_id)
        .where(SideEventBooking.side_event_id == side_event.id, SideEventBooking.state.in_(SHOWN))
        .order_by(Registration.sort_name, Registration.id)
        .execution_options(yield_per=1_000)
    )
    return _attendee_lines(statement, side_event.forum.zone)


def _attendee_lines(statement: Executable, zone: tzinfo) -> Iterator[list[Cell]]:
    for number, given, family, organisation, email, state, chosen_at in db.session.execute(statement):
        chosen = chosen_at.astimezone(zone).replace(tzinfo=None)
        yield [number, given, family.upper(), organisation, email, state.label, chosen]
