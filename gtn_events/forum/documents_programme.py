"""The programme booklet: A5, with contents, days at a glance, sessions, side events and an index of speakers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.text import fold, markdown

from .booklet_cover import cover_drawing
from .conference_day import conference_day
from .enums import SessionKind
from .models import Forum, SideEvent
from .queries.programme import Programme, SessionFacts, SpeakerFacts, TrackFacts, abstracts, load_programme

MOST_CHARACTERS = 400
# Enough Markdown for so many characters of text; the rest need not be read.
READ_CHARACTERS = 4 * MOST_CHARACTERS
_SENTENCE_END = re.compile(r"[.!?。！？…](?=\s|$)|[。！？]")


@dataclass(frozen=True)
class Line:
    """One line of a day at a glance; ``time`` is empty when it starts with the line above."""

    time: str
    title: str
    note: str
    kind: SessionKind
    target: str


@dataclass(frozen=True)
class PrintedSession:
    """A session as the booklet prints it."""

    facts: SessionFacts
    title: str
    abstract: str
    when: str


@dataclass(frozen=True)
class PrintedTrack:
    """The sessions of one track on one day, in order of time; without ``facts`` those of no track."""

    key: str
    facts: TrackFacts | None
    sessions: list[PrintedSession]


@dataclass(frozen=True)
class PrintedDay:
    """One day: its lines at a glance, and its sessions by track."""

    key: str
    day: date
    short: str
    lines: list[Line]
    tracks: list[PrintedTrack]


@dataclass(frozen=True)
class PrintedSideEvent:
    """A side event as the booklet prints it."""

    key: str
    title: str
    when: str
    room: str
    host: str
    text: str


def programme_booklet(forum: Forum) -> bytes:
    """Return the booklet as a tagged PDF; the same programme gives the same bytes."""
    programme = load_programme(forum)
    side_events = _side_events(forum)
    days = _days(forum, programme, side_events)
    context = {
        "forum": forum,
        "cover": cover_drawing(forum.host_economy.rank),
        "days": days,
        "side_events": [_printed_side_event(event, forum) for event in side_events],
        "letters": _letters(programme),
        "by_speaker": programme.by_speaker,
        "printable": printable,
    }
    title = gettext("Programme of the %(forum)s", forum=forum.title)
    return render_pdf("forum/booklet", context, title=printable(title))


def first_words(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return the plain text of some Markdown, whole if it is short, else cut after a sentence or a word."""
    plain = printable(markdown(text[:READ_CHARACTERS]).striptags())
    if len(plain) <= most and len(text) <= READ_CHARACTERS:
        return plain
    ends = [match.end() for match in _SENTENCE_END.finditer(plain[:most])]
    if ends and ends[-1] > most // 2:
        return plain[: ends[-1]]
    return plain[:most].rpartition(" ")[0].rstrip(",;:–-") + " …"


def _days(forum: Forum, programme: Programme, side_events: list[SideEvent]) -> list[PrintedDay]:
    zone = ZoneInfo(forum.time_zone)
    texts = abstracts(forum)
    sessions = sorted(programme.scheduled, key=lambda each: each.day or date.min)
    by_day = {day: list(group) for day, group in groupby(sessions, key=lambda each: each.day) if day is not None}
    beside: dict[date, list[SideEvent]] = {}
    for event in side_events:
        beside.setdefault(conference_day(event.starts_at, zone), []).append(event)
    return [
        PrintedDay(
            key=f"day-{day.isoformat()}",
            day=day,
            short=format_date(day, "EEE"),
            lines=_lines(by_day.get(day, []), beside.get(day, []), zone),
            tracks=_tracks(day, by_day.get(day, []), programme, texts),
        )
        for day in sorted({*by_day, *beside})
    ]


def _lines(sessions: list[SessionFacts], side_events: list[SideEvent], zone: ZoneInfo) -> list[Line]:
    """Return everything of a day by start time."""
    entries: list[tuple[datetime, str, str, SessionKind, str]] = [
        (each.starts_at, each.title, _place(each), each.kind, _target(each)) for each in sessions if each.starts_at
    ]
    for event in side_events:
        note = ", ".join(filter(None, (gettext("Side event"), event.room_name)))
        entries.append((event.starts_at, event.title, note, SessionKind.SESSION, f"e-{event.slug}"))
    entries.sort(key=lambda entry: entry[0])
    lines, before = [], ""
    for starts_at, title, note, kind, target in entries:
        time = f"{starts_at.astimezone(zone):%H:%M}"
        lines.append(Line("" if time == before else time, printable(title), printable(note), kind, target))
        before = time
    return lines


def _tracks(day: date, sessions: list[SessionFacts], programme: Programme, texts: dict[int, str]) -> list[PrintedTrack]:
    """Return the day's sessions by track, those of no track first; breaks stand in the day at a glance only."""
    printed: list[PrintedTrack] = []
    for track in (None, *programme.tracks):
        chosen = [each for each in sessions if each.track == track and each.kind is not SessionKind.BREAK]
        if chosen:
            key = f"{day.isoformat()}-{track.slug if track else 'all'}"
            printed.append(PrintedTrack(key, track, [_printed(each, texts.get(each.id, "")) for each in chosen]))
    return printed


def _printed(session: SessionFacts, abstract: str) -> PrintedSession:
    when = f"{session.local:%H:%M}–{session.local_end:%H:%M}"
    return PrintedSession(session, printable(session.title), first_words(abstract), when)


def _place(session: SessionFacts) -> str:
    room = session.room.name if session.room else ""
    if session.kind is SessionKind.PLENARY:
        return ", ".join(filter(None, (room, gettext("plenary"))))
    return room


def _target(session: SessionFacts) -> str:
    return "" if session.kind is SessionKind.BREAK else f"s-{session.code}"


def _side_events(forum: Forum) -> list[SideEvent]:
    statement = select(SideEvent).where(SideEvent.forum_id == forum.id, SideEvent.published)
    return list(db.session.scalars(statement.order_by(SideEvent.starts_at, SideEvent.id)))


def _printed_side_event(event: SideEvent, forum: Forum) -> PrintedSideEvent:
    zone = ZoneInfo(forum.time_zone)
    begins, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    return PrintedSideEvent(
        key=f"e-{event.slug}",
        title=printable(event.title),
        when=f"{format_date(begins.date(), 'EEEE d MMMM')}, {begins:%H:%M}–{ends:%H:%M}",
        room=printable(event.room_name),
        host=printable(event.organised_by),
        text=first_words(event.description),
    )


def _letters(programme: Programme) -> list[tuple[str, list[SpeakerFacts]]]:
    """Return the speakers who appear at a time, by the first letter of their sort name."""
    appearing: Iterable[SpeakerFacts] = (
        speaker
        for speaker in programme.speakers
        if any(session.starts_at for session in programme.by_speaker.get(speaker.id, ()))
    )
    return [(letter, list(group)) for letter, group in groupby(appearing, key=_letter)]


def _letter(speaker: SpeakerFacts) -> str:
    first = fold(speaker.sort_name)[:1].upper()
    return first if first.isalpha() else "#"
