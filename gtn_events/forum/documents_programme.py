"""The programme booklet: A5, with contents, days at a glance, sessions, side events and an index of speakers."""

import gc
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.text import fold, markdown

from .booklet_cover import cover_drawing
from .conference_day import conference_day
from .enums import SessionKind
from .language_names import language_name
from .models import Forum, SideEvent
from .queries.programme import Programme, SessionFacts, SpeakerFacts, TrackFacts
from .queries.programme_editions import Edition, abstracts_in, edition_of

MOST_CHARACTERS = 400
# A booklet of many sessions stays one that can be carried: its abstracts are shorter.
MANY_SESSIONS = 150
MOST_CHARACTERS_OF_MANY = 200
# Enough Markdown for so many characters of text; the rest need not be read.
READ_CHARACTERS = 4 * MOST_CHARACTERS
_SENTENCE_END = re.compile(r"[.!?。！？…](?=\s|$)|[。！？]")


@dataclass(frozen=True)
class Line:
    """One line of a day at a glance; ``target`` is the session's anchor, empty for a break."""

    title: str
    note: str
    kind: SessionKind
    target: str


@dataclass(frozen=True)
class Start:
    """Everything of a day that starts at one time."""

    time: str
    lines: list[Line]


@dataclass(frozen=True)
class PrintedSession:
    """A session as the booklet prints it."""

    facts: SessionFacts
    title: str
    abstract: str
    when: str
    heard_as: str


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
    starts: list[Start]
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
    """Return the booklet of what people see as a tagged PDF; the same programme gives the same bytes."""
    edition = edition_of(forum, now=clock.now())
    programme = edition.programme
    side_events = _side_events(forum)
    days = _days(forum, edition, side_events)
    appearances = _appearances(days)
    context = {
        "forum": forum,
        "cover": cover_drawing(forum.host_economy.rank),
        "days": days,
        "side_events": [_printed_side_event(event, forum) for event in side_events],
        "letters": _letters(programme, appearances),
        "appearances": appearances,
        "printable": printable,
    }
    title = gettext("Programme of the %(forum)s", forum=forum.title)
    with _without_collection():
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


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector out: laying out hundreds of pages makes millions of live objects.

    It would walk through them again and again (a fifth of the time) and find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _days(forum: Forum, edition: Edition, side_events: list[SideEvent]) -> list[PrintedDay]:
    zone, programme = ZoneInfo(forum.time_zone), edition.programme
    most = MOST_CHARACTERS if len(programme.sessions) <= MANY_SESSIONS else MOST_CHARACTERS_OF_MANY
    texts = {key: first_words(text, most) for key, text in abstracts_in(edition, forum).items()}
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
            starts=_starts(by_day.get(day, []), beside.get(day, []), zone),
            tracks=_tracks(day, by_day.get(day, []), programme, texts),
        )
        for day in sorted({*by_day, *beside})
    ]


def _starts(sessions: list[SessionFacts], side_events: list[SideEvent], zone: ZoneInfo) -> list[Start]:
    """Return everything of a day by start time."""
    lines: dict[datetime, list[Line]] = {}
    for session in sessions:
        if session.starts_at is not None:
            line = Line(printable(session.title), printable(_place(session)), session.kind, _target(session))
            lines.setdefault(session.starts_at, []).append(line)
    for event in side_events:
        note = ", ".join(filter(None, (gettext("Side event"), event.room_name)))
        line = Line(printable(event.title), printable(note), SessionKind.SESSION, f"e-{event.slug}")
        lines.setdefault(event.starts_at, []).append(line)
    return [Start(f"{moment.astimezone(zone):%H:%M}", lines[moment]) for moment in sorted(lines)]


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
    return PrintedSession(session, printable(session.title), abstract, when, _heard_as(session))


def _heard_as(session: SessionFacts) -> str:
    """Return for whom a session is and into what it is interpreted, or nothing."""
    found = [session.level.label] if session.level else []
    if session.interpretation:
        names = ", ".join(language_name(code) for code in session.interpretation)
        found.append(gettext("Interpretation: %(languages)s", languages=names))
    return printable(" · ".join(found))


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


def _appearances(days: list[PrintedDay]) -> dict[int, list[SessionFacts]]:
    """Return the sessions of each speaker by id, in the order of the pages on which they stand."""
    found: dict[int, list[SessionFacts]] = {}
    for session in (each.facts for day in days for track in day.tracks for each in track.sessions):
        for part in session.parts:
            found.setdefault(part.speaker.id, []).append(session)
    return found


def _letters(programme: Programme, appearing: Container[int]) -> list[tuple[str, list[SpeakerFacts]]]:
    """Return the speakers whose ids are among ``appearing``, by the first letter of their sort name."""
    speakers = (speaker for speaker in programme.speakers if speaker.id in appearing)
    return [(letter, list(group)) for letter, group in groupby(speakers, key=_letter)]


def _letter(speaker: SpeakerFacts) -> str:
    first = fold(speaker.sort_name)[:1].upper()
    return first if first.isalpha() else "#"
