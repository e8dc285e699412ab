"""The days of a booklet: what stands at a glance, and the sessions of each track with what is said of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext

from gtn_events.core.pdf import printable
from gtn_events.core.text import markdown

from .conference_day import conference_day
from .enums import BookletPart, SessionKind
from .language_names import language_name
from .models import Forum, SideEvent
from .queries.print_options import AS_WRITTEN, PrintChoice
from .queries.programme import Programme, SessionFacts, TrackFacts
from .queries.programme_editions import Edition, abstracts_in, other_languages_in
from .queries.session_texts import OtherTexts

MOST_CHARACTERS = 400
# A booklet of many sessions stays one that can be carried: its abstracts are shorter.
MANY_SESSIONS = 150
MOST_CHARACTERS_OF_MANY = 200
# Enough Markdown for so many characters of text; the rest need not be read.
READ_CHARACTERS = 4 * MOST_CHARACTERS
_SENTENCE_END = re.compile(r"[.!?。！？…](?=\s|$)|[。！？]")


@dataclass(frozen=True)
class PrintedText:
    """What is said of a session in one language; ``lang`` is empty where nobody said which one it is."""

    lang: str
    title: str
    abstract: str


@dataclass(frozen=True)
class Line:
    """One line of a day at a glance; ``target`` is the session's anchor, empty where nothing more is told."""

    text: PrintedText
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
    """A session as the booklet prints it, with at least one text."""

    facts: SessionFacts
    when: str
    heard_as: str
    texts: list[PrintedText]


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
class _Words:
    """What is known of the texts of all sessions, and what is wanted of it."""

    abstracts: Mapping[int, str]
    others: Mapping[int, OtherTexts]
    languages: tuple[str, ...]
    most: int


def printed_days(forum: Forum, edition: Edition, side_events: list[SideEvent], choice: PrintChoice) -> list[PrintedDay]:
    """Return the days on which there is something; without the part of the sessions they have no tracks."""
    zone, programme = ZoneInfo(forum.time_zone), edition.programme
    words = _Words(
        abstracts_in(edition, forum),
        other_languages_in(edition, forum) if choice.languages != (AS_WRITTEN,) else {},
        choice.languages,
        MOST_CHARACTERS if len(programme.sessions) <= MANY_SESSIONS else MOST_CHARACTERS_OF_MANY,
    )
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
            starts=_starts(by_day.get(day, []), beside.get(day, []), zone, words, choice),
            tracks=_tracks(day, by_day.get(day, []), programme, words) if BookletPart.SESSIONS in choice.parts else [],
        )
        for day in sorted({*by_day, *beside})
    ]


def first_words(text: str, most: int = MOST_CHARACTERS, lang: str = "en") -> str:
    """Return the plain text of some Markdown, whole if it is short, else cut after a sentence or a word."""
    plain = printable(markdown(text[:READ_CHARACTERS]).striptags(), lang)
    if len(plain) <= most and len(text) <= READ_CHARACTERS:
        return plain
    ends = [match.end() for match in _SENTENCE_END.finditer(plain[:most])]
    if ends and ends[-1] > most // 2:
        return plain[: ends[-1]]
    return plain[:most].rpartition(" ")[0].rstrip(",;:–-") + " …"


def _starts(
    sessions: list[SessionFacts], side_events: list[SideEvent], zone: ZoneInfo, words: _Words, choice: PrintChoice
) -> list[Start]:
    """Return everything of a day by start time; only what the booklet tells more of is a target."""
    has_sessions, has_side_events = (each in choice.parts for each in (BookletPart.SESSIONS, BookletPart.SIDE_EVENTS))
    lines: dict[datetime, list[Line]] = {}
    for session in sessions:
        if session.starts_at is not None:
            target = _target(session) if has_sessions else ""
            line = Line(_texts(session, words)[0], printable(_place(session)), session.kind, target)
            lines.setdefault(session.starts_at, []).append(line)
    for event in side_events:
        note = ", ".join(filter(None, (gettext("Side event"), event.room_name)))
        target = f"e-{event.slug}" if has_side_events else ""
        line = Line(PrintedText("", printable(event.title), ""), printable(note), SessionKind.SESSION, target)
        lines.setdefault(event.starts_at, []).append(line)
    return [Start(f"{moment.astimezone(zone):%H:%M}", lines[moment]) for moment in sorted(lines)]


def _tracks(day: date, sessions: list[SessionFacts], programme: Programme, words: _Words) -> list[PrintedTrack]:
    """Return the day's sessions by track, those of no track first; breaks stand in the day at a glance only."""
    printed: list[PrintedTrack] = []
    for track in (None, *programme.tracks):
        chosen = [each for each in sessions if each.track == track and each.kind is not SessionKind.BREAK]
        if chosen:
            key = f"{day.isoformat()}-{track.slug if track else 'all'}"
            printed.append(PrintedTrack(key, track, [_printed(each, words) for each in chosen]))
    return printed


def _printed(session: SessionFacts, words: _Words) -> PrintedSession:
    when = f"{session.local:%H:%M}–{session.local_end:%H:%M}"
    return PrintedSession(session, when, _heard_as(session), _texts(session, words, with_abstracts=True))


def _heard_as(session: SessionFacts) -> str:
    """Return for whom a session is and into what it is interpreted, or nothing."""
    found = [session.level.label] if session.level else []
    if session.interpretation:
        names = ", ".join(language_name(code) for code in session.interpretation)
        found.append(gettext("Interpretation: %(languages)s", languages=names))
    return printable(" · ".join(found))


def _texts(session: SessionFacts, words: _Words, *, with_abstracts: bool = False) -> list[PrintedText]:
    """Return what is said of a session in the wanted languages; as it was written where none of them has a text."""
    others = words.others.get(session.id, {})
    abstract = words.abstracts.get(session.id, "") if with_abstracts else ""
    written = _text(session.language, session.title, abstract, words.most)
    found = []
    for language in words.languages:
        if language in (AS_WRITTEN, session.language):
            found.append(written)
        elif other := others.get(language):
            found.append(_text(language, other["title"], other["abstract"] if with_abstracts else "", words.most))
    return found or [written]


def _text(language: str, title: str, abstract: str, most: int) -> PrintedText:
    return PrintedText(language, printable(title, language or "en"), first_words(abstract, most, language or "en"))


def _place(session: SessionFacts) -> str:
    room = session.room.name if session.room else ""
    if session.kind is SessionKind.PLENARY:
        return ", ".join(filter(None, (room, gettext("plenary"))))
    return room


def _target(session: SessionFacts) -> str:
    return "" if session.kind is SessionKind.BREAK else f"s-{session.code}"
