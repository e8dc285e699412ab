"""The laid-out day as text, kept while nothing in it changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from gtn_events.core.moments import city_of_zone

from ...conference_day import conference_day
from ...models import Forum
from ...queries.programme import SideEventFacts
from ...queries.programme_editions import Edition
from .cache import fragments
from .choice import Choice
from .grid import lay_out_day
from .zones import reader_on


@dataclass(frozen=True)
class Seats:
    """What changes without the programme: side events, and the free places of sessions that have so many, by id."""

    side_events: list[SideEventFacts]
    free: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class DayContent:
    """What a day is made of."""

    forum: Forum
    edition: Edition
    seats: Seats
    choice: Choice
    day: date


def day_fragment(content: DayContent) -> Markup:
    """Return the day as HTML, from memory while nothing in it changed."""
    version = content.edition.version
    if version is None:
        return Markup(_render(content))  # noqa: S704  # a rendered template
    reader = str(reader_on(content.day, content.forum))
    seats = (tuple(content.seats.side_events), tuple(content.seats.free.items()))
    key = (version, seats, content.choice, content.day, reader, str(get_locale()))
    return Markup(fragments.get(key, lambda: _render(content)))  # noqa: S704  # a rendered template


def _render(content: DayContent) -> str:
    forum, choice, day = content.forum, content.choice, content.day
    zone, reader = ZoneInfo(forum.time_zone), reader_on(day, forum)
    laid_out = lay_out_day(
        day,
        [each for each in content.edition.programme.scheduled if each.day == day and choice.takes(each)],
        [
            each
            for each in content.seats.side_events
            if conference_day(each.starts_at, zone) == day and _is_chosen(each, content)
        ],
        rooms=content.edition.programme.rooms,
        zone=zone,
        reader=reader,
    )
    return render_template(
        "forum/programme/_day.html",
        forum=forum,
        grid=laid_out,
        free=content.seats.free,
        view=choice.view,
        query=choice.query(day=day.isoformat()),
        reader_place=city_of_zone(reader) if reader else "",
    )


def _is_chosen(event: SideEventFacts, content: DayContent) -> bool:
    """Side events have no track, language or level; they are in a room by its name."""
    choice = content.choice
    if choice.track or choice.language or choice.level:
        return False
    names = {str(room.id): room.name.casefold() for room in content.edition.programme.rooms}
    return not choice.room or event.room_name.casefold() == names.get(choice.room)
