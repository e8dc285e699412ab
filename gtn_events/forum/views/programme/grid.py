"""One day of the programme, laid out: which column, which rows, which hour lines; templates only show it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from ...conference_day import conference_day
from ...enums import SessionKind
from ...queries.programme import RoomFacts, SessionFacts, SideEventFacts, TrackFacts
from ...slot_classes import (
    LAST_HOUR,
    MOST_COLUMNS,
    MOST_LANES,
    STEP,
    end_class,
    first_minute,
    from_class,
    minute_of_day,
    start_class,
)

SHORT_ROWS = 3
# The height of five minutes follows the shortest session, so that its title can be read.
DENSITIES = ((5, "rows-tallest"), (10, "rows-tall"), (20, "rows-high"), (24 * 60, "rows-usual"))
LARGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One session or side event of the day.

    ``head_venue`` (and ``head_reader``) are set on the first one of each start time: the
    list shows them above it.
    """

    session: SessionFacts | None = None
    side_event: SideEventFacts | None = None
    title: str
    room: str
    track: TrackFacts | None
    classes: str
    begins: str
    ends: str
    head_venue: str = ""
    head_reader: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A room's head in the grid; ``classes`` place it, ``number`` is the first of its columns."""

    name: str
    seats: int | None
    classes: str
    number: int


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour line in the grid."""

    row_class: str
    moment: datetime
    venue: str
    reader: str


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A laid-out day; ``classes`` belong on the grid itself."""

    columns: tuple[Column, ...]
    hours: tuple[Hour, ...]
    entries: tuple[Entry, ...]
    classes: str


@dataclass(slots=True)
class _Item:
    """Something of the day while its place is worked out; minutes count from midnight by the venue's clock."""

    start: int
    end: int
    moment: datetime
    column: str
    session: SessionFacts | None = None
    side_event: SideEventFacts | None = None
    wide: bool = False
    lane: int = 0

    @property
    def kind(self) -> SessionKind:
        return self.session.kind if self.session else SessionKind.SESSION


def lay_out_day(
    day: date,
    sessions: Iterable[SessionFacts],
    side_events: Iterable[SideEventFacts],
    *,
    rooms: Sequence[RoomFacts],
    zone: tzinfo,
    reader: tzinfo | None,
    every_room: bool = False,
    covers: tuple[int, int] | None = None,
) -> DayGrid:
    """Lay out one day.

    Args:
        sessions: those of the day that are shown, each with a time.
        side_events: those of the day.
        rooms: all rooms, in their order; those without anything that day are left out.
        zone: the venue's.
        reader: the reader's zone when their clocks differ, else None.
        every_room: keep the rooms in which nothing takes place that day.
        covers: minutes of the day that the grid holds whatever takes place.
    """
    midnight = datetime.combine(day, time())
    items = [_session_item(session, midnight) for session in sessions]
    items += [_side_event_item(event, midnight, zone, rooms) for event in side_events]
    items.sort(key=lambda item: (item.start, item.moment))
    _widen(items)
    lanes = _assign_lanes(items)
    if every_room:
        lanes = {room.name: 1 for room in rooms} | lanes
    columns, first_of = _columns(rooms, lanes)
    entries = _entries(items, first_of, zone, reader)
    total = sum(lanes[name] for name in first_of) or 1
    first, last = _span(items, covers)
    classes = _grid_classes(items, total, first, has_reader=reader is not None)
    return DayGrid(tuple(columns), tuple(_hours(first, last, day, zone, reader)), tuple(entries), classes)


def _session_item(session: SessionFacts, midnight: datetime) -> _Item:
    assert session.local is not None  # for the type checker: only scheduled sessions come here
    assert session.starts_at is not None
    start = minute_of_day(session.local.replace(tzinfo=None), midnight)
    room = session.room.name if session.room else ""
    return _Item(start, start + session.minutes, session.starts_at, room, session=session)


def _side_event_item(event: SideEventFacts, midnight: datetime, zone: tzinfo, rooms: Sequence[RoomFacts]) -> _Item:
    start = minute_of_day(event.starts_at.astimezone(zone).replace(tzinfo=None), midnight)
    minutes = int((event.ends_at - event.starts_at) / timedelta(minutes=1))
    named = event.room_name.casefold()
    room = next((room.name for room in rooms if room.name.casefold() == named), event.room_name)
    return _Item(start, start + minutes, event.starts_at, room, side_event=event)


def _widen(items: list[_Item]) -> None:
    """Let plenaries and breaks span the grid where nothing else takes place at the same time."""
    for item in items:
        if item.kind is not SessionKind.SESSION:
            item.wide = not any(
                other is not item and other.start < item.end and item.start < other.end for other in items
            )


def _assign_lanes(items: list[_Item]) -> dict[str, int]:
    """Put what overlaps in one room side by side; return how many lanes each column needs."""
    ends: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if item.wide:
            continue
        lanes = ends[item.column]
        free = next((index for index, end in enumerate(lanes) if end <= item.start), None)
        if free is None and len(lanes) < MOST_LANES:
            free = len(lanes)
            lanes.append(0)
        item.lane = free if free is not None else len(lanes) - 1
        lanes[item.lane] = item.end
    return {name: len(lanes) for name, lanes in ends.items()}


def _columns(rooms: Sequence[RoomFacts], lanes: dict[str, int]) -> tuple[list[Column], dict[str, int]]:
    """Return the heads, and the first grid column of each room; rooms in their order, other places after them."""
    known = {room.name: room for room in rooms}
    used = [name for name in known if name in lanes]
    used += sorted(name for name in lanes if name and name not in known)
    if "" in lanes:
        used.append("")
    columns, first_of, at = [], {}, 1
    for name in used:
        first_of[name] = at
        seats = known[name].seats if name in known else None
        columns.append(Column(name, seats, f"c-{at} s-{lanes[name]}", at))
        at += lanes[name]
    return columns, first_of


def _entries(items: list[_Item], first_of: dict[str, int], zone: tzinfo, reader: tzinfo | None) -> Iterable[Entry]:
    headed = ""
    for item in items:
        begins = item.moment.astimezone(zone)
        head = f"{begins:%H:%M}" if f"{begins:%d%H%M}" != headed else ""
        headed = f"{begins:%d%H%M}"
        yield _entry(item, first_of, begins, head, f"{item.moment.astimezone(reader):%H:%M}" if reader else "")


def _entry(item: _Item, first_of: dict[str, int], begins: datetime, head: str, reader: str) -> Entry:
    ends_at = item.moment + timedelta(minutes=item.end - item.start)
    session, event = item.session, item.side_event
    track = session.track if session else None
    title = session.title if session else event.title if event else ""
    return Entry(
        session=session,
        side_event=event,
        title=title,
        room=item.column,
        track=track,
        classes=_classes(item, track, first_of),
        begins=f"{begins:%H:%M}",
        ends=f"{ends_at.astimezone(begins.tzinfo):%H:%M}",
        head_venue=head,
        head_reader=reader if head else "",
    )


def _classes(item: _Item, track: TrackFacts | None, first_of: dict[str, int]) -> str:
    classes = [start_class(item.start), end_class(item.end), f"track-{track.colour if track else 0}"]
    classes.append("wide" if item.wide else f"c-{first_of[item.column] + item.lane}")
    if item.side_event:
        classes.append("is-side-event")
    elif item.kind is not SessionKind.SESSION:
        classes.append(f"is-{item.kind.value}")
    if item.end - item.start <= SHORT_ROWS * STEP:
        classes.append("is-short")
    return " ".join(classes)


def _grid_classes(items: list[_Item], total: int, first: int, *, has_reader: bool) -> str:
    shortest = min((item.end - item.start for item in items if item.kind is SessionKind.SESSION), default=60)
    density = next(name for most, name in DENSITIES if shortest <= most)
    classes = [f"cols-{min(total, MOST_COLUMNS)}", from_class(first), density]
    if has_reader:
        classes.append("has-reader")
    if total > LARGE or density == "rows-tallest":
        classes.append("is-large")
    return " ".join(classes)


def _span(items: list[_Item], covers: tuple[int, int] | None) -> tuple[int, int]:
    """Return the minute with which the grid begins, and the last one that it has to hold."""
    spans = [(item.start, item.end) for item in items] + ([covers] if covers else [])
    first = first_minute(min((start for start, _end in spans), default=9 * 60))
    return first, max((end for _start, end in spans), default=first)


def _hours(first: int, last: int, day: date, zone: tzinfo, reader: tzinfo | None) -> Iterable[Hour]:
    """Return the full hours between two minutes of the day."""
    for hour in range(-(-first // 60), min(last // 60, LAST_HOUR - 1) + 1):
        wall = datetime.combine(day, time()) + timedelta(hours=hour)
        moment = wall.replace(tzinfo=zone)
        shown = f"{moment.astimezone(reader):%H:%M}" if reader else ""
        yield Hour(start_class(hour * 60), moment, f"{wall:%H:%M}", shown)


def days_of(
    sessions: Iterable[SessionFacts], side_events: Iterable[SideEventFacts], zone: tzinfo
) -> list[tuple[date, int]]:
    """Return the days on which something takes place, in order, with how many sessions and side events."""
    counts: dict[date, int] = defaultdict(int)
    for session in sessions:
        if session.day is not None:
            counts[session.day] += session.kind is not SessionKind.BREAK
    for event in side_events:
        counts[conference_day(event.starts_at, zone)] += 1
    return sorted(counts.items())
