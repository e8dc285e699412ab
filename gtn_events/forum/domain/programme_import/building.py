"""Gives the strings of a schedule file their meaning, and says in findings what had to be mended."""

import re
from collections import Counter
from datetime import date, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask_babel import ngettext

from ...enums import SessionKind
from ...programme_guids import GENERATOR
from ..slugs import slug_of
from .moments import parse_clock, parse_day, parse_minutes, start_of
from .people import PersonBook
from .raw import RawEvent, RawSchedule
from .schedule import Finding, Schedule, ScheduledRoom, ScheduledSession, ScheduledTrack
from .wording import MAX_TEXT, one_line

DEFAULT_SOURCE = "schedule.xml"
DEFAULT_DAY_CHANGE = time(4)
DAY_MINUTES = 24 * 60
MAX_TITLE = 400
# What is mended all over a file: said once, with how often.
MENDED = {
    "controls": ("%(num)d control character was taken out", "%(num)d control characters were taken out"),
    "guid made": (
        "%(num)d session has no guid; one was made from its number",
        "%(num)d sessions have no guid; one was made from the number of each",
    ),
    "abstract": (
        "%(num)d abstract was HTML; it is kept as Markdown",
        "%(num)d abstracts were HTML; they are kept as Markdown",
    ),
    "description": (
        "%(num)d description was HTML; it is kept as Markdown",
        "%(num)d descriptions were HTML; they are kept as Markdown",
    ),
    "biography": (
        "%(num)d biography was HTML; it is kept as Markdown",
        "%(num)d biographies were HTML; they are kept as Markdown",
    ),
    "not accepted": (
        "%(num)d session is not accepted; it is left out",
        "%(num)d sessions are not accepted; they are left out",
    ),
    "tracks unused": (
        "%(num)d track has no session; it is left out",
        "%(num)d tracks have no session; they are left out",
    ),
    "persons unused": (
        "%(num)d person has no session; they are left out",
        "%(num)d persons have no session; they are left out",
    ),
}
UNKNOWN = (
    "%(num)d element %(name)s is not known; it is left out",
    "%(num)d elements %(name)s are not known; they are left out",
)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
_PLENARY = re.compile(r"plenary|keynote|opening|closing ceremony", re.IGNORECASE)
_BREAK = re.compile(r"break|pause|lunch|coffee", re.IGNORECASE)


def build_schedule(raw: RawSchedule, *, time_zone: str) -> Schedule:
    """Return the file's content as values that can be applied, and the findings."""
    return _Builder(raw, time_zone).build()


class _Builder:
    def __init__(self, raw: RawSchedule, time_zone: str) -> None:
        self.raw = raw
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self.source = one_line(raw.conference.get("acronym"))[:40] or DEFAULT_SOURCE
        self.zone = self._zone(time_zone)
        self.day_change = parse_clock(raw.conference.get("day_change", "")) or DEFAULT_DAY_CHANGE
        self.shortest = parse_minutes(raw.conference.get("timeslot_duration", "")) or 5
        self.is_ours = raw.generator == GENERATOR
        self.people = PersonBook(raw.persons, self.note, self.counts, is_ours=self.is_ours)
        self.guids: dict[str, str] = {}
        self.codes: set[str] = set()

    def build(self) -> Schedule:
        sessions = tuple(session for event in self.raw.events if (session := self.session(event)) is not None)
        rooms = self.rooms(sessions)
        tracks = self.tracks(sessions)
        self.summarise()
        return Schedule(
            source=self.source,
            time_zone=self.zone.key,
            rooms=rooms,
            tracks=tracks,
            persons=self.people.used(),
            sessions=sessions,
            is_ours=self.is_ours,
            findings=tuple(self.findings),
        )

    def note(self, where: str, text: str) -> None:
        self.findings.append(Finding(where, text))

    def session(self, event: RawEvent) -> ScheduledSession | None:
        source_id = one_line(event.attributes.get("id"))[:80]
        title = self.title(event, source_id)
        where = f"Session {source_id} “{title}”" if source_id else f"Session “{title}”"
        guid = self.guid(event, source_id, title, where)
        if guid is None:
            return None
        when = start_of(
            date_text=event.fields.get("date", ""),
            start_text=event.fields.get("start", ""),
            day=self.day(event),
            day_change=self.day_change,
            zone=self.zone,
        )
        if when.mended:
            self.note(where, when.mended)
        type_label = one_line(event.fields.get("type"))[:80]
        return ScheduledSession(
            guid=guid,
            source_id=source_id or guid,
            code=self.code(event, source_id, guid),
            title=title,
            subtitle=one_line(event.fields.get("subtitle"))[:MAX_TITLE],
            kind=_kind(type_label),
            type_label=type_label,
            abstract=self.text(event, "abstract", where),
            description=self.text(event, "description", where),
            language=one_line(event.fields.get("language"))[:20],
            track=one_line(event.fields.get("track"))[:120] or None,
            room=self.room(event, where),
            starts_at=when.starts_at,
            minutes=self.minutes(event, where) if when.starts_at is not None else None,
            appearances=self.people.appearances(event.persons, where),
            links=self.links(event, where),
        )

    def title(self, event: RawEvent, source_id: str) -> str:
        title = one_line(event.fields.get("title"))
        if not title:
            title = f"Session {source_id}".strip()
            self.note(f"Session {source_id}".strip(), "has no title; its number is used")
        if len(title) > MAX_TITLE:
            self.note(f"Session {source_id} “{title[:40]}…”", f"title of {len(title)} characters cut to {MAX_TITLE}")
            title = title[: MAX_TITLE - 1] + "…"
        return title

    def guid(self, event: RawEvent, source_id: str, title: str, where: str) -> str | None:
        """Return the session's UUID; None for one that the file holds twice."""
        given = one_line(event.attributes.get("guid") or event.fields.get("guid"))
        identity = source_id or f"{title} {event.fields.get('date')} {event.fields.get('start')}"
        guid = _uuid(given)
        if guid is None:
            self.counts["guid made"] += 1
            guid = str(uuid5(NAMESPACE_URL, f"{self.source}/{given or identity}"))
        if guid in self.guids:
            if self.guids[guid] == identity:
                self.note(where, "stands in the file twice; the second one is skipped")
                return None
            self.note(where, f"has the guid of session {self.guids[guid]}; it gets one of its own")
            guid = str(uuid5(NAMESPACE_URL, f"{self.source}/{guid}/{identity}"))
            if guid in self.guids:
                self.note(where, "stands in the file twice; the second one is skipped")
                return None
        self.guids[guid] = identity
        return guid

    def code(self, event: RawEvent, source_id: str, guid: str) -> str:
        for code in (one_line(event.attributes.get("code")), source_id, guid[:8], guid[:18]):
            if _CODE.fullmatch(code) and code.casefold() not in self.codes:
                break
        self.codes.add(code.casefold())
        return code

    def day(self, event: RawEvent) -> date | None:
        return parse_day(event.day.date) or parse_day(event.day.start)

    def minutes(self, event: RawEvent, where: str) -> int:
        text = event.fields.get("duration", "")
        minutes = parse_minutes(text)
        if not minutes:
            said = "duration 0" if minutes == 0 else f"duration {text[:40]!r} cannot be read"
            self.note(where, f"{said}; {self.shortest} minutes are used")
            return min(max(self.shortest, 1), DAY_MINUTES)
        if minutes > DAY_MINUTES:
            self.note(where, f"duration of {minutes // 60} h {minutes % 60:02d} cut to 24 hours")
            return DAY_MINUTES
        return minutes

    def room(self, event: RawEvent, where: str) -> str | None:
        own, around = one_line(event.fields.get("room"))[:120], one_line(event.room.name)[:120]
        if own and around and own != around:
            self.note(where, f"says room {own} but stands in {around}; {own} is used")
        if not own and not around:
            self.note(where, "has no room")
        return own or around or None

    def text(self, event: RawEvent, name: str, where: str) -> str:
        text = event.fields.get(name, "")
        if len(text) > MAX_TEXT:
            self.note(where, f"{name} of {len(text)} characters cut to {MAX_TEXT}")
            text = text[:MAX_TEXT]
        return self.people.prose(text, name)

    def links(self, event: RawEvent, where: str) -> tuple[tuple[str, str], ...]:
        links: dict[str, str] = {}
        for written, label in event.links:
            address = one_line(written)
            if not address.lower().startswith(("http://", "https://")) or len(address) > 1000:
                self.note(where, f"link {address[:60]!r} is no web address; it is skipped")
                continue
            links.setdefault(address, one_line(label)[:200] or address)
        return tuple(links.items())

    def rooms(self, sessions: tuple[ScheduledSession, ...]) -> tuple[ScheduledRoom, ...]:
        seats = {one_line(event.room.name)[:120]: event.room.seats for event in self.raw.events}
        names = dict.fromkeys(session.room for session in sessions if session.room)
        return tuple(ScheduledRoom(name, _seats(seats.get(name, ""))) for name in names)

    def tracks(self, sessions: tuple[ScheduledSession, ...]) -> tuple[ScheduledTrack, ...]:
        slugs = {one_line(name)[:120]: one_line(slug) for name, slug in self.raw.tracks}
        for event in self.raw.events:
            slugs.setdefault(one_line(event.fields.get("track"))[:120], event.track_slug)
        used = {session.track for session in sessions}
        self.counts["tracks unused"] = len([name for name in slugs if name and name not in used])
        return tuple(
            ScheduledTrack(name, slug_of(slug) or slug_of(name)) for name, slug in slugs.items() if name in used
        )

    def summarise(self) -> None:
        """Add one line for each thing that was mended all over the file."""
        if self.raw.removed_controls:
            self.counts["controls"] = self.raw.removed_controls
        if self.raw.not_accepted:
            self.counts["not accepted"] = self.raw.not_accepted
        if unused := self.people.unused():
            self.counts["persons unused"] = unused
        for name, (one, many) in MENDED.items():
            if self.counts[name]:
                self.note("", ngettext(one, many, self.counts[name]))
        for tag, number in sorted(self.raw.unknown.items()):
            one, many = UNKNOWN
            self.note("", ngettext(one, many, number, name=f"<{tag[:40]}>"))

    def _zone(self, default: str) -> ZoneInfo:
        name = one_line(self.raw.conference.get("time_zone_name"))
        if not name:
            return ZoneInfo(default)
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.note("", f"time zone {name[:60]!r} is not known; {default} is used")
            return ZoneInfo(default)


def _kind(type_label: str) -> SessionKind:
    if _BREAK.search(type_label):
        return SessionKind.BREAK
    return SessionKind.PLENARY if _PLENARY.search(type_label) else SessionKind.SESSION


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _seats(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text[:7]) < 1_000_000 else None
