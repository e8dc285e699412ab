"""The programme as calendar files: one session, or everything."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from gtn_events.core.exports import disposition
from gtn_events.core.later import Later
from gtn_events.core.links import site_url
from gtn_events.core.permissions import public

from ...models import Forum
from ...queries.programme import SessionFacts
from ...queries.programme_editions import DroppedSlot, Edition, abstracts_in, texts_in
from .blueprint import blueprint
from .cache import calendars, edition

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

PRODUCT = "-//APEC SMEs Green Technology Network//GTN Events//EN"


@blueprint.get("/calendar.ics")
@public
def calendar(forum: Forum) -> ResponseReturnValue:
    """Give every session that has a time as one calendar."""

    seen = edition(forum)

    def make() -> bytes:
        return bytes(whole_calendar(forum, seen).to_ical())

    data = make() if seen.version is None else calendars.get(seen.version, make)
    return _file(data, name=f"{forum.slug}.ics")


@blueprint.get("/sessions/<code>.ics")
@public
def session_calendar(forum: Forum, code: str) -> ResponseReturnValue:
    """Give one session as a calendar file."""
    seen = edition(forum)
    session = seen.programme.by_code.get(code.casefold())
    if session is None or session.starts_at is None:
        abort(404)
    texts = {session.id: texts_in(seen, session.id).abstract}
    return _file(_calendar(forum, seen, [session], texts).to_ical(), name=f"{forum.slug}-{session.code}.ics")


def whole_calendar(forum: Forum, seen: Edition) -> "icalendar.Calendar":
    """Return every session that has a time, and the slots that people saw and that are no more."""
    return _calendar(forum, seen, seen.programme.scheduled, abstracts_in(seen, forum), seen.dropped)


def calendar_of(forum: Forum, seen: Edition, codes: Collection[str]) -> "icalendar.Calendar":
    """Return the sessions of these codes that have a time, and those of them that people saw and that are no more."""
    sessions = [each for each in seen.programme.scheduled if each.code in codes]
    dropped = tuple(slot for slot in seen.dropped if slot.code in codes)
    return _calendar(forum, seen, sessions, abstracts_in(seen, forum) if sessions else {}, dropped)


def _calendar(
    forum: Forum,
    seen: Edition,
    sessions: list[SessionFacts],
    texts: dict[int, str],
    dropped: tuple[DroppedSlot, ...] = (),
) -> "icalendar.Calendar":
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{forum.title}, {forum.city}")
    moments = [session.starts_at for session in sessions if session.starts_at is not None]
    moments += [slot.starts_at for slot in dropped]
    if moments:
        first, last = min(moments).year, max(moments).year
        calendar.add_component(_time_zone(forum.time_zone, first, last))
    for session in sessions:
        calendar.add_component(_event(forum, seen, session, texts.get(session.id, "")))
    for slot in dropped:
        calendar.add_component(_cancelled(forum, slot))
    return calendar


def _file(data: bytes, *, name: str) -> ResponseReturnValue:
    response = Response(data, mimetype="text/calendar")
    response.headers["Content-Disposition"] = disposition(name)
    response.add_etag()
    return response.make_conditional(request)


def _event(forum: Forum, seen: Edition, session: SessionFacts, abstract: str) -> "icalendar.Event":
    """Return one session; its UID is the slot's, which stays when the session moves.

    Released ones carry the SEQUENCE of the version in which they changed last.
    """
    assert session.starts_at is not None  # for the type checker: only scheduled sessions come here
    zone = ZoneInfo(forum.time_zone)
    mark = seen.marks.get(session.slot_guid or "")
    changed = (mark.changed_at if mark else forum.programme_changed_at or forum.created_at).replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", f"{session.slot_guid}@gtn-events")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", (session.starts_at + timedelta(minutes=session.minutes)).astimezone(zone))
    event.add("summary", session.title)
    event.add("location", ", ".join(filter(None, (session.room.name if session.room else "", forum.venue, forum.city))))
    event.add("description", "\n\n".join(filter(None, (_speakers(session), abstract))))
    event.add("url", site_url("forum_programme.session", forum=forum, code=session.code))
    event.add("status", "CONFIRMED")
    if mark is not None:
        event.add("sequence", mark.sequence)
    return event


def _cancelled(forum: Forum, slot: DroppedSlot) -> "icalendar.Event":
    """Return a slot that people saw and that is no more, so that their calendars take it out."""
    zone, changed = ZoneInfo(forum.time_zone), slot.mark.changed_at.replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", f"{slot.guid}@gtn-events")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", slot.starts_at.astimezone(zone))
    event.add("dtend", slot.ends_at.astimezone(zone))
    event.add("summary", slot.title)
    event.add("location", ", ".join(filter(None, (slot.room_name, forum.venue, forum.city))))
    event.add("status", "CANCELLED")
    event.add("sequence", slot.mark.sequence)
    return event


def _speakers(session: SessionFacts) -> str:
    return "\n".join(", ".join(filter(None, (part.speaker.name, part.speaker.place))) for part in session.parts)


@lru_cache(maxsize=16)
def _time_zone(name: str, first: int, last: int) -> "icalendar.Timezone":
    """Return the VTIMEZONE with the clock changes around the forum's years."""
    zone = ZoneInfo(name)
    return icalendar.Timezone.from_tzinfo(
        zone,
        name,
        first_date=date(first - 1, 1, 1),
        last_date=date(last + 2, 1, 1),
    )
