"""Signs for the doors: one sheet for each room and day, to be read from three metres."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask_babel import gettext

from gtn_events.core import clock
from gtn_events.core.pdf import printable, render_fitting

from .conference_day import conference_day
from .enums import Paper
from .models import Forum
from .queries.programme import Programme, SessionFacts, side_event_facts
from .queries.programme_editions import edition_of

# Points on A4 of a session's title, and whether its speakers are named. Capitals of 20 points are 5 mm high, and so
# read from three metres; smaller ones come only where a room has more sessions in a day than a door can show so.
WITH_SPEAKERS = (34, 32, 30, 28.5, 27, 25.5, 24, 23, 22, 21, 20)
WITHOUT_SPEAKERS = (20, 17, 14, 11, 8, 5, 3)
WAYS = (*((size, True) for size in WITH_SPEAKERS), *((size, False) for size in WITHOUT_SPEAKERS))
MOST_SPEAKERS = 3


@dataclass(frozen=True)
class SignLine:
    """A session or side event on a sign; ``more`` is how many speakers are not named."""

    when: str
    title: str
    lang: str
    kind: str
    speakers: list[tuple[str, str, str]]
    more: int


@dataclass(frozen=True)
class Sign:
    """What hangs at one door on one day."""

    room: str
    notes: str
    day: date
    lines: list[SignLine]


@dataclass(frozen=True)
class Held:
    """A line with the day and the room on whose sign it stands."""

    day: date
    room: str
    starts_at: datetime
    line: SignLine


def door_signs(forum: Forum, paper: Paper) -> bytes:
    """Return the signs of what people see as a tagged PDF, by day and then by room."""
    # Without any, one sheet says so.
    signs: list[Sign | None] = [*_signs(forum)] or [None]
    shared = {"forum": forum, "paper": paper.value, "scale": 1.414 if paper is Paper.A3 else 1, "printable": printable}
    sheets = [
        [shared | {"sign": sign, "size": size, "with_speakers": speakers} for size, speakers in WAYS] for sign in signs
    ]
    title = gettext("Door signs of the %(forum)s", forum=forum.title)
    return render_fitting("forum/door_signs", sheets, title=printable(title))


def _signs(forum: Forum) -> list[Sign]:
    now = clock.now()
    programme = edition_of(forum, now=now).programme
    order = {room.name: number for number, room in enumerate(programme.rooms)}
    notes = {room.name: printable(room.notes) for room in programme.rooms}
    held = [*_sessions(programme), *_side_events(forum, now=now)]
    held.sort(key=lambda each: (each.day, order.get(each.room, len(order)), each.room, each.starts_at))
    groups = groupby(held, key=lambda each: (each.day, each.room))
    return [Sign(printable(room), notes.get(room, ""), day, [e.line for e in group]) for (day, room), group in groups]


def _sessions(programme: Programme) -> Iterator[Held]:
    for each in programme.scheduled:
        if each.day and each.room and each.starts_at:
            yield Held(each.day, each.room.name, each.starts_at, _line(each))


def _side_events(forum: Forum, *, now: datetime) -> Iterator[Held]:
    """Yield the published side events at whose room something can hang."""
    zone = forum.zone
    for each in side_event_facts(forum, now=now):
        if each.room_name:
            when = f"{each.starts_at.astimezone(zone):%H:%M}–{each.ends_at.astimezone(zone):%H:%M}"
            line = SignLine(when, printable(each.title), "", "side-event", [], 0)
            yield Held(conference_day(each.starts_at, zone), each.room_name, each.starts_at, line)


def _line(session: SessionFacts) -> SignLine:
    named = [part.speaker for part in session.parts]
    return SignLine(
        when=f"{session.local:%H:%M}–{session.local_end:%H:%M}",
        title=printable(session.title),
        lang=session.language,
        kind=session.kind.value,
        speakers=[
            (printable(each.name), each.name_in_own_script, each.own_script_language) for each in named[:MOST_SPEAKERS]
        ],
        more=max(0, len(named) - MOST_SPEAKERS),
    )
