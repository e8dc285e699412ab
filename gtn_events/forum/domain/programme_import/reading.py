"""Reads schedule.xml as a stream, safely: no DTD, no entities, limits on everything; says nothing yet of meaning."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError  # only the types; defusedxml does the parsing

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .building import build_schedule
from .raw import RawDay, RawEvent, RawPerson, RawRoom, RawSchedule, ScheduleUnreadable
from .reading_json import parse_json
from .schedule import Schedule

MAX_BYTES = 32 * 1024 * 1024
MAX_SESSIONS = 10_000
MAX_DEPTH = 40
PIECE = 1024 * 1024
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_CONTROL_REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)
_SIXTEEN_BIT = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_USED = frozenset(
    [
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
        "persons",
        "speakers",
        "language",
        "links",
        "attachments",
    ]
)
_KNOWN = frozenset(
    [
        "slug",
        "url",
        "guid",
        "logo",
        "recording",
        "feedback_url",
        "origin_url",
        "conf_url",
        "video_download_url",
        "full_conf_url",
        "answers",
    ]
)


def read_schedule(data: bytes, *, time_zone: str) -> Schedule:
    """Return what a schedule.xml or schedule.json says, with its findings; the content tells which it is.

    Args:
        data: the file: frab, pentabarf, pretalx or voctosched dialect, or JSON as c3voc or Open Event describe it.
        time_zone: an IANA name, used where the file names none.

    Raises:
        ScheduleUnreadable: it is empty, too large, not XML or JSON, carries a DTD or entities,
            is not a schedule, or holds no session.
    """
    if not data.strip():
        raise ScheduleUnreadable("The file is empty. Nothing was changed.")
    if len(data) > MAX_BYTES:
        raise ScheduleUnreadable(f"The file is larger than {MAX_BYTES // 2**20} MB. Nothing was changed.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        raw, removed = parse_json(data, most=MAX_SESSIONS), 0
    else:
        data, removed = _without_controls(data)
        raw = _parse(data)
    if not raw.events:
        raise ScheduleUnreadable("The file holds no session. Nothing was changed.")
    raw.removed_controls = removed
    return build_schedule(raw, time_zone=time_zone)


def _without_controls(data: bytes) -> tuple[bytes, int]:
    """Return the file without the control characters that no XML may hold, and how many there were."""
    if data[:2] in _SIXTEEN_BIT:
        return data, 0
    cleaned, references = _CONTROL_REFERENCE.subn(b"", data.translate(None, _CONTROLS))
    return cleaned, references + sum(data.count(code) for code in _CONTROLS)


def _parse(data: bytes) -> RawSchedule:
    try:
        return _Walker().walk(iterparse(_LargePieces(data), events=("start", "end"), forbid_dtd=True))
    except DefusedXmlException as error:
        raise ScheduleUnreadable(
            "The file declares a document type or entities, which a schedule does not need. Nothing was changed."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ScheduleUnreadable(f"The file is not well-formed XML ({error}). Nothing was changed.") from error


class _LargePieces(BytesIO):
    """Hands the file out in pieces of 1 MB, whatever size is asked for.

    The parser begins a token anew with every piece until it is complete: in pieces of
    16 kB an attribute of 30 MB costs a quarter of a minute.
    """

    def read(self, _size: int | None = -1, /) -> bytes:
        return super().read(PIECE)


@dataclass
class _Walker:
    """Follows the stream and drops each element once it is taken, so that memory stays flat."""

    raw: RawSchedule = field(default_factory=RawSchedule)
    path: list[str] = field(default_factory=list)
    day: RawDay = field(default_factory=RawDay)
    room: RawRoom = field(default_factory=RawRoom)

    def walk(self, stream: Iterator[tuple[str, Element]]) -> RawSchedule:
        """Return everything the stream holds."""
        for event, element in stream:
            if event == "start":
                self._enter(element)
            else:
                self._leave(element)
        return self.raw

    def _enter(self, element: Element) -> None:
        tag = _tag(element)
        if not self.path and tag != "schedule":
            raise ScheduleUnreadable(
                f"The file is XML but no schedule: it starts with <{tag[:40]}>. Nothing was changed."
            )
        self.path.append(tag)
        if len(self.path) > MAX_DEPTH:
            raise ScheduleUnreadable(f"The file nests more than {MAX_DEPTH} elements. Nothing was changed.")
        if "event" in self.path[:-1]:
            return
        if tag == "day":
            self.day = RawDay(element.get("date") or "", element.get("start") or "")
            self.room = RawRoom()
        elif tag == "room":
            self.room = RawRoom(element.get("name") or "", element.get("capacity") or element.get("seats") or "")

    def _leave(self, element: Element) -> None:
        tag = self.path.pop()
        inside = self.path
        if "event" in inside:
            return
        if tag == "event":
            self._take_event(element)
        elif tag == "generator":
            self.raw.generator = element.get("name") or ""
        elif tag == "conference":
            self.raw.conference = {_tag(child): child.text or "" for child in element}
        elif tag == "track" and inside[-1:] in (["tracks"], ["conference"]):
            self.raw.tracks.append((element.get("name") or element.text or "", element.get("slug") or ""))
        elif tag == "person" and inside == ["schedule", "persons"]:
            self.raw.persons.append(_person(element))
        if inside in (["schedule"], ["schedule", "persons"]) or tag in ("event", "room", "day"):
            element.clear()

    def _take_event(self, element: Element) -> None:
        if len(self.raw.events) >= MAX_SESSIONS:
            raise ScheduleUnreadable(f"The file holds more than {MAX_SESSIONS} sessions. Nothing was changed.")
        self.raw.events.append(_event(element, self.day, self.room, self.raw.unknown))


def _event(element: Element, day: RawDay, room: RawRoom, unknown: Counter[str]) -> RawEvent:
    event = RawEvent(day=day, room=room, attributes=dict(element.attrib))
    for child in element:
        tag = _tag(child)
        if tag in ("persons", "speakers"):
            event.persons.extend(_person(person) for person in child)
        elif tag in ("links", "attachments"):
            event.links.extend(_link(link) for link in child)
        elif tag == "track":
            event.track_slug = child.get("slug") or ""
            event.fields.setdefault(tag, "".join(child.itertext()))
        elif tag in _USED or tag == "guid":
            event.fields.setdefault(tag, _inner_text(child))
        elif tag not in _KNOWN:
            unknown[tag] += 1
    return event


def _person(element: Element) -> RawPerson:
    children = {_tag(child): "".join(child.itertext()) for child in element}
    name = element.get("name") or children.get("name") or children.get("public_name") or element.text or ""
    return RawPerson(
        guid=element.get("guid") or "",
        id=element.get("id") or element.get("code") or "",
        name=name,
        role=element.get("role") or "",
        biography=children.get("biography") or children.get("bio") or children.get("abstract") or "",
        extended_biography=children.get("extended_biography") or children.get("description") or "",
    )


def _link(element: Element) -> tuple[str, str]:
    address = element.get("href") or element.get("url") or ""
    label = "".join(element.itertext())
    return address or label, label


def _inner_text(element: Element) -> str:
    """Return an element's text; tags that stand in it unescaped are written back, so that the text keeps its shape."""
    parts = [element.text or ""]
    for child in element:
        tag = _tag(child)
        parts += [f"<{tag}>", _inner_text(child), f"</{tag}>", child.tail or ""]
    return "".join(parts)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
