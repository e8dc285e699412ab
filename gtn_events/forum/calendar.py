"""The delegate's calendar file: the forum's days and the side events with a place."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gtn_events.core.later import Later
from gtn_events.core.outbox import Attachment

from .enums import BookingState
from .models import Registration
from .queries.bookings import active_bookings

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

PRODUCT = "-//gtn-events//delegate//EN"


def registration_calendar(registration: Registration, *, now: datetime) -> Attachment:
    """Return an iCalendar file (RFC 5545): all-day for the forum, UTC times for side events.

    UIDs are stable, so that a file that is imported again updates what is there.
    """
    forum = registration.forum
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    days = icalendar.Event()
    days.add("uid", f"forum-{forum.id}-{registration.reference}@gtn-events")
    days.add("dtstamp", now)
    days.add("dtstart", forum.starts_on)
    days.add("dtend", forum.ends_on + timedelta(days=1))
    days.add("summary", forum.title)
    days.add("location", f"{forum.venue}, {forum.city}")
    calendar.add_component(days)
    for booking in active_bookings(registration):
        if booking.state is not BookingState.CONFIRMED:
            continue
        side_event = booking.side_event
        event = icalendar.Event()
        event.add("uid", f"side-event-{side_event.id}-{registration.reference}@gtn-events")
        event.add("dtstamp", now)
        event.add("dtstart", side_event.starts_at)
        event.add("dtend", side_event.ends_at)
        event.add("summary", side_event.title)
        event.add("location", side_event.room_name or forum.venue)
        calendar.add_component(event)
    return Attachment(f"{forum.slug}.ics", "text/calendar; charset=utf-8", calendar.to_ical())
