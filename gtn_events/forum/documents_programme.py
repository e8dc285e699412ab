"""The programme booklet: cover, contents, days at a glance, sessions, side events, venue, sponsors, notes, speakers."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.pdf import printable, render_long
from gtn_events.core.text import fold

from .booklet_covers import cover_drawing
from .booklet_days import PrintedDay, first_words, printed_days
from .enums import BookletPart
from .models import Forum, SideEvent
from .printed_speakers import printed_photos
from .printed_sponsors import printed_sponsors
from .printed_venue import printed_venue
from .queries.print_options import PrintChoice, print_choice
from .queries.programme import Programme, SessionFacts, SpeakerFacts
from .queries.programme_editions import edition_of


@dataclass(frozen=True)
class PrintedSideEvent:
    """A side event as the booklet prints it."""

    key: str
    title: str
    when: str
    room: str
    host: str
    text: str


def programme_booklet(forum: Forum, choice: PrintChoice | None = None) -> bytes:
    """Return the booklet of what people see as a tagged PDF; the same programme gives the same bytes.

    Args:
        choice: how it is to look and what it is to hold; None is what was chosen last.
    """
    title = gettext("Programme of the %(forum)s", forum=forum.title)
    return render_long("forum/booklet", _context(forum, choice or print_choice(forum)), title=printable(title))


def _context(forum: Forum, choice: PrintChoice) -> dict[str, object]:
    edition, parts = edition_of(forum, now=clock.now()), choice.parts
    side_events = _side_events(forum)
    days = printed_days(forum, edition, side_events, choice)
    appearances = _appearances(days) if BookletPart.SPEAKERS in parts else {}
    return {
        "forum": forum,
        "choice": choice,
        "cover": cover_drawing(choice.theme, forum.host_economy.rank),
        "days": days,
        "side_events": [_printed_side_event(event, forum) for event in side_events if BookletPart.SIDE_EVENTS in parts],
        "venue": printed_venue(forum, edition.programme.rooms) if BookletPart.VENUE in parts else None,
        "sponsors": printed_sponsors(forum) if BookletPart.SPONSORS in parts else [],
        "letters": _letters(edition.programme, appearances),
        "appearances": appearances,
        "photos": printed_photos(appearances),
        "printable": printable,
    }


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
