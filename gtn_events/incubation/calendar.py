"""The calendar file of an interview."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gtn_events.core.db import db
from gtn_events.core.later import Later
from gtn_events.core.outbox import Attachment

from .enums import InterviewState
from .models import Interview

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

PRODUCT = "-//gtn-events//interview//EN"


def interview_calendar(interview: Interview) -> Attachment:
    """Return an iCalendar file (RFC 5545) in UTC.

    The UID is stable and SEQUENCE grows with every change, so that a file that is imported again moves the
    talk or, when it was called off, takes it out.
    """
    over = interview.state in {InterviewState.CANCELLED, InterviewState.DECLINED}
    host, application = interview.intake.host, interview.application
    starts_at = interview.starts_at or interview.slots[0].starts_at
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    event = icalendar.Event()
    event.add("uid", f"interview-{interview.id}-{application.reference}@gtn-events")
    event.add("dtstamp", interview.answered_at or interview.asked_at)
    event.add("sequence", interview.lock_version)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=interview.minutes))
    event.add("summary", f"{host.name} and {application.organisation_name}: {application.title}")
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    if interview.meeting_url:
        event.add("url", interview.meeting_url)
        event.add("location", interview.meeting_url)
    calendar.add_component(event)
    return Attachment(f"{application.reference}-{host.slug}.ics", "text/calendar; charset=utf-8", calendar.to_ical())


def calendar_of(params: dict[str, Any]) -> Attachment:
    """Return the file for the interview that a mail tells of, as it stands when the mail leaves."""
    return interview_calendar(db.session.get_one(Interview, params["interview_id"]))
