"""The days of a poster: a table with a column for each room, or lists where there are more rooms than columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import gettext

from gtn_events.core.pdf import printable

from .conference_day import conference_day
from .enums import SessionKind
from .models import Forum
from .queries.programme import Programme, SessionFacts, SideEventFacts


@dataclass(frozen=True)
class PosterItem:
    """What takes place somewhere; ``colour`` is its track's number, 0 for none."""

    title: str
    lang: str
    when: str
    note: str
    kind: str
    colour: int
    starts_at: datetime
    ends_at: datetime
    room: str

    @property
    def is_for_all(self) -> bool:
        """True where it has the whole width."""
        return self.kind in (SessionKind.PLENARY, SessionKind.BREAK)


@dataclass(frozen=True)
class PosterCell:
    """What begins in one room at one time; ``running`` is what still goes on there.

    ``is_joined`` is True where the cell above shows the same thing: both are one block.
    """

    items: Sequence[PosterItem]
    running: PosterItem | None
    is_joined: bool


@dataclass(frozen=True)
class PosterRow:
    """One line of a day: something for all, or a cell for each room."""

    time: str
    whole: PosterItem | None
    cells: Sequence[PosterCell]


@dataclass(frozen=True)
class PosterDay:
    """One day with its rooms in their order; ``items`` are the same things as a list."""

    day: date
    rooms: Sequence[str]
    rows: Sequence[PosterRow]
    items: Sequence[PosterItem]


def poster_days(forum: Forum, programme: Programme, side_events: Iterable[SideEventFacts]) -> list[PosterDay]:
    """Return the days on which there is something, in their order."""
    zone = ZoneInfo(forum.time_zone)
    order = {printable(room.name): number for number, room in enumerate(programme.rooms)}
    items = [_of_session(each) for each in programme.scheduled]
    items += [_of_side_event(each, zone) for each in side_events]
    items.sort(key=lambda each: (each.starts_at, order.get(each.room, len(order)), each.title))
    days = groupby(items, key=lambda each: conference_day(each.starts_at, zone))
    return [_day(day, list(group), order, zone) for day, group in days]


def _day(day: date, items: list[PosterItem], order: dict[str, int], zone: ZoneInfo) -> PosterDay:
    rooms = sorted({each.room for each in items if not each.is_for_all}, key=lambda each: (order.get(each, 999), each))
    rows: list[PosterRow] = []
    for starts_at, group in groupby(items, key=lambda each: each.starts_at):
        begun = list(group)
        time = f"{starts_at.astimezone(zone):%H:%M}"
        rows += [PosterRow(time, each, ()) for each in begun if each.is_for_all]
        if not all(each.is_for_all for each in begun):
            above = rows[-1].cells if rows else ()
            rows.append(PosterRow(time, None, list(_cells(rooms, starts_at, items, above))))
    return PosterDay(day, rooms, rows, items)


def _cells(
    rooms: Sequence[str], starts_at: datetime, items: Iterable[PosterItem], above: Sequence[PosterCell]
) -> Iterator[PosterCell]:
    for number, room in enumerate(rooms):
        here = [each for each in items if each.room == room and not each.is_for_all]
        begun = [each for each in here if each.starts_at == starts_at]
        running = None if begun else next((each for each in here if each.starts_at < starts_at < each.ends_at), None)
        over = [*above[number].items, above[number].running] if above else []
        yield PosterCell(begun, running, is_joined=running is not None and running in over)


def _of_session(session: SessionFacts) -> PosterItem:
    assert session.starts_at is not None  # a scheduled one
    assert session.ends_at is not None
    room = printable(session.room.name) if session.room else ""
    return PosterItem(
        title=printable(session.title),
        lang=session.language,
        when=f"{session.local:%H:%M}–{session.local_end:%H:%M}",
        note="",
        kind=session.kind.value,
        colour=session.track.colour if session.track else 0,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=room,
    )


def _of_side_event(event: SideEventFacts, zone: ZoneInfo) -> PosterItem:
    return PosterItem(
        title=printable(event.title),
        lang="",
        when=f"{event.starts_at.astimezone(zone):%H:%M}–{event.ends_at.astimezone(zone):%H:%M}",
        note=gettext("Side event"),
        kind="side-event",
        colour=0,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        room=printable(event.room_name),
    )
