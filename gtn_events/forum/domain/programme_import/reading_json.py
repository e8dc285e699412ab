"""Reads schedule.json (c3voc, pretalx, frab), or the JSON of Open Event, into the same strings as schedule.xml."""

import json
from typing import Any

from .raw import RawDay, RawEvent, RawPerson, RawRoom, RawSchedule, ScheduleUnreadable
from .reading_open_event import is_open_event, open_event

_FIELDS = (
    "room",
    "title",
    "subtitle",
    "type",
    "date",
    "start",
    "duration",
    "abstract",
    "description",
    "track",
    "language",
    "guid",
)


def parse_json(data: bytes, *, most: int) -> RawSchedule:
    """Return what the file says; ``most`` is how many sessions it may hold.

    Raises:
        ScheduleUnreadable: it is not JSON, is not a schedule, or holds too many sessions.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ScheduleUnreadable("The file is not well-formed JSON. Nothing was changed.") from error
    if is_open_event(content):
        return _limited(open_event(content), most)
    conference = _dict(_dict(_dict(content).get("schedule")).get("conference"))
    if not conference:
        raise ScheduleUnreadable("The file is JSON but no schedule: it has no conference. Nothing was changed.")
    raw = RawSchedule(
        generator=_text(_dict(_dict(content).get("generator")).get("name")),
        conference={name: _text(value) for name, value in conference.items() if not isinstance(value, dict | list)},
        tracks=[(_text(each.get("name")), _text(each.get("slug"))) for each in _dicts(conference.get("tracks"))],
    )
    seats = {_text(each.get("name")): _text(each.get("capacity")) for each in _dicts(conference.get("rooms"))}
    for day in _dicts(conference.get("days")):
        raw_day = RawDay(_text(day.get("date")), _text(day.get("day_start")))
        for name, events in _dict(day.get("rooms")).items():
            raw.events += [_event(each, raw_day, RawRoom(name, seats.get(name, ""))) for each in _dicts(events)]
    return _limited(raw, most)


def _limited(raw: RawSchedule, most: int) -> RawSchedule:
    if len(raw.events) > most:
        raise ScheduleUnreadable(f"The file holds more than {most} sessions. Nothing was changed.")
    return raw


def _event(values: dict[str, Any], day: RawDay, room: RawRoom) -> RawEvent:
    event = RawEvent(day=day, room=room)
    event.attributes = {name: _text(values.get(name)) for name in ("id", "guid", "code") if values.get(name)}
    event.fields = {name: _text(values.get(name)) for name in _FIELDS}
    for person in _dicts(values.get("persons")):
        roles = person.get("roles")
        event.persons += [
            _person(person, _text(role)) for role in (roles if roles and isinstance(roles, list) else [""])
        ]
    for link in (*_dicts(values.get("links")), *_dicts(values.get("attachments"))):
        event.links.append((_text(link.get("url")), _text(link.get("title"))))
    return event


def _person(values: dict[str, Any], role: str) -> RawPerson:
    return RawPerson(
        guid=_text(values.get("guid")),
        id=_text(values.get("id") or values.get("code")),
        name=_text(values.get("name") or values.get("public_name")),
        role=role,
        biography=_text(values.get("biography")),
    )


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
