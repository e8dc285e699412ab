"""Signs for the doors: one sheet for each room and day, to be read from three metres."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext

from gtn_events.core import clock
from gtn_events.core.pdf import printable, render_fitting

from .enums import Paper, SessionKind
from .models import Forum
from .queries.programme import RoomFacts, SessionFacts
from .queries.programme_editions import edition_of

# Points on A4 of a session's title, and whether its speakers are named. Capitals of 20 points are 5 mm high, and so
# read from three metres; smaller ones come only where a room has more sessions in a day than a door can show so.
WITH_SPEAKERS = (34, 32, 30, 28.5, 27, 25.5, 24, 23, 22, 21, 20)
WITHOUT_SPEAKERS = (20, 17, 14, 11, 8, 5, 3)
WAYS = (*((size, True) for size in WITH_SPEAKERS), *((size, False) for size in WITHOUT_SPEAKERS))
MOST_SPEAKERS = 3


@dataclass(frozen=True)
class SignLine:
    """A session on a sign; ``more`` is how many speakers are not named."""

    when: str
    title: str
    lang: str
    kind: SessionKind
    speakers: list[tuple[str, str, str]]
    more: int


@dataclass(frozen=True)
class Sign:
    """What hangs at one door on one day."""

    room: str
    notes: str
    day: date
    lines: list[SignLine]


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
    programme = edition_of(forum, now=clock.now()).programme
    order = {room.id: number for number, room in enumerate(programme.rooms)}
    held = [(each.day, each.room, each) for each in programme.scheduled if each.day and each.room]
    held.sort(key=lambda each: (each[0], order[each[1].id], each[2].local or 0))
    groups = groupby(held, key=lambda each: (each[0], each[1]))
    return [_sign(day, room, [each[2] for each in group]) for (day, room), group in groups]


def _sign(day: date, room: RoomFacts, sessions: list[SessionFacts]) -> Sign:
    return Sign(printable(room.name), printable(room.notes), day, [_line(each) for each in sessions])


def _line(session: SessionFacts) -> SignLine:
    named = [part.speaker for part in session.parts]
    return SignLine(
        when=f"{session.local:%H:%M}–{session.local_end:%H:%M}",
        title=printable(session.title),
        lang=session.language,
        kind=session.kind,
        speakers=[
            (printable(each.name), each.own_script_name, each.own_script_language) for each in named[:MOST_SPEAKERS]
        ],
        more=max(0, len(named) - MOST_SPEAKERS),
    )
