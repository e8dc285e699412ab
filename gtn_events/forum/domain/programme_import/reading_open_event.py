"""Reads the JSON of Open Event (FOSSASIA): its sessions.json alone, or one object with sessions, speakers and event."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from .moments import parse_moment
from .raw import RawDay, RawEvent, RawPerson, RawRoom, RawSchedule

SOURCE = "open-event"
# A session that says how far it is takes place only in these; many files say nothing.
ACCEPTED = frozenset({"", "accepted", "confirmed"})
LINKS = {"slides": "Slides", "video": "Video", "audio": "Audio", "signup_url": "Sign-up"}
Values = Mapping[str, Any]  # Any: what JSON holds


def is_open_event(content: object) -> bool:
    """Say whether a JSON file is one of Open Event: a list of sessions, or an object with such a list."""
    found = content.get("sessions") if isinstance(content, dict) else content
    return isinstance(found, list)


def open_event(content: Any) -> RawSchedule:  # Any: what JSON holds
    """Return what the file says; sessions that were not accepted are counted and left out."""
    whole = content if isinstance(content, dict) else {"sessions": content}
    event = _values(whole.get("event"))
    raw = RawSchedule(
        conference={
            "acronym": _text(event, "identifier") or SOURCE,
            "time_zone_name": _text(event, "timezone"),
        },
        persons=[_listed(each) for each in _all(whole.get("speakers"))],
    )
    seats = {_text(each, "name"): _text(each, "capacity") for each in _all(whole.get("microlocations"))}
    for session in _all(whole["sessions"]):
        if _text(session, "state").casefold() in ACCEPTED:
            raw.events.append(_event(session, seats))
        else:
            raw.not_accepted += 1
    return raw


def _event(session: Values, seats: Mapping[str, str]) -> RawEvent:
    room = _text(_values(session.get("microlocation")), "name")
    starts, ends = _text(session, "start_time", "starts_at"), _text(session, "end_time", "ends_at")
    event = RawEvent(day=RawDay(), room=RawRoom(room, seats.get(room, "")))
    event.attributes = {"id": _text(session, "id")}
    event.fields = {
        "title": _text(session, "title"),
        "subtitle": _text(session, "subtitle"),
        "type": _text(_values(session.get("session_type")), "name"),
        "track": _text(_values(session.get("track")), "name"),
        "language": _text(session, "language"),
        "abstract": _text(session, "short_abstract"),
        "description": _text(session, "long_abstract"),
        "room": room,
        "date": starts,
        "duration": _minutes(starts, ends),
    }
    event.persons = [
        RawPerson(id=_text(each, "id"), name=_text(each, "name")) for each in _all(session.get("speakers"))
    ]
    event.links = [(_text(session, name), label) for name, label in LINKS.items() if _text(session, name)]
    return event


def _listed(speaker: Values) -> RawPerson:
    return RawPerson(
        id=_text(speaker, "id"),
        name=_text(speaker, "name"),
        biography=_text(speaker, "short_biography"),
        extended_biography=_text(speaker, "long_biography"),
    )


def _minutes(starts: str, ends: str) -> str:
    first, last = parse_moment(starts), parse_moment(ends)
    if not isinstance(first, datetime) or last is None or (first.tzinfo is None) is not (last.tzinfo is None):
        return ""
    minutes = int((last - first).total_seconds() // 60)
    return str(minutes) if minutes > 0 else ""


def _text(values: Values, *names: str) -> str:
    """Return the first of some values that is a text or a number; names with - mean the same as with _."""
    found = (values.get(each) for name in names for each in (name, name.replace("_", "-")))
    return next((str(each) for each in found if isinstance(each, str | int) and not isinstance(each, bool)), "")


def _values(value: object) -> Values:
    return value if isinstance(value, dict) else {}


def _all(value: object) -> Iterator[Values]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())
