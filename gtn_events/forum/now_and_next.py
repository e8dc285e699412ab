"""What runs now in each room and what comes next: arithmetic over a programme, without database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from .conference_day import conference_day
from .queries.programme import RoomFacts, SessionFacts, SideEventFacts


class Phase(StrEnum):
    """Where a moment lies in a programme."""

    EMPTY = "empty"
    BEFORE = "before"
    RUNNING = "running"
    BETWEEN = "between"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Happening:
    """A session or a side event; ``begins`` and ``ends`` are the venue's, and are moments too."""

    room: str
    title: str
    begins: datetime
    ends: datetime
    session: SessionFacts | None = None
    side_event: SideEventFacts | None = None


@dataclass(frozen=True, slots=True)
class RoomNow:
    """One room: what runs in it, and what comes next on the same day."""

    name: str
    running: tuple[Happening, ...]
    following: Happening | None


@dataclass(frozen=True, slots=True)
class NowAndNext:
    """The rooms in their order, those without anything left out; ``day`` and ``begins`` are of what comes next."""

    phase: Phase
    rooms: tuple[RoomNow, ...] = ()
    day: date | None = None
    begins: datetime | None = None


def now_and_next(happenings: Sequence[Happening], rooms: Iterable[str], zone: tzinfo, *, now: datetime) -> NowAndNext:
    """Return the state of the rooms at a moment.

    Args:
        happenings: all days, in any order.
        rooms: their names in their order; other places stand after them, and what has none at the end.
        zone: the venue's.
        now: aware; what ends at this moment is over, and what begins at it runs.
    """
    left = sorted((each for each in happenings if each.ends > now), key=lambda each: (each.begins, each.title))
    if not left:
        return NowAndNext(Phase.OVER if happenings else Phase.EMPTY)
    day = conference_day(left[0].begins, zone)
    by_room: dict[str, list[Happening]] = defaultdict(list)
    for each in left:
        if conference_day(each.begins, zone) == day:
            by_room[each.room].append(each)
    shown = tuple(_room(name, by_room[name], now) for name in _in_order(by_room, rooms))
    begins = min((each.begins for each in left if each.begins > now), default=None)
    return NowAndNext(_phase(shown, happenings, now), shown, day, begins)


def session_happening(session: SessionFacts) -> Happening:
    """Return a session that has a time."""
    assert session.local is not None  # for the type checker: only scheduled sessions come here
    assert session.local_end is not None
    room = session.room.name if session.room else ""
    return Happening(room, session.title, session.local, session.local_end, session=session)


def side_event_happening(event: SideEventFacts, rooms: Iterable[RoomFacts], zone: tzinfo) -> Happening:
    """Return a side event; its room is the programme's where the names agree."""
    named = event.room_name.casefold()
    room = next((each.name for each in rooms if each.name.casefold() == named), event.room_name)
    return Happening(room, event.title, event.starts_at.astimezone(zone), event.ends_at.astimezone(zone), None, event)


def runs_at(each: Happening, now: datetime) -> bool:
    """Say whether something runs at a moment."""
    return each.begins <= now < each.ends


def _room(name: str, happenings: list[Happening], now: datetime) -> RoomNow:
    running = tuple(each for each in happenings if runs_at(each, now))
    return RoomNow(name, running, next((each for each in happenings if each.begins > now), None))


def _in_order(used: Iterable[str], rooms: Iterable[str]) -> list[str]:
    place = {name: index for index, name in enumerate(rooms)}
    return sorted(used, key=lambda name: (not name, place.get(name, len(place)), name))


def _phase(shown: Iterable[RoomNow], happenings: Iterable[Happening], now: datetime) -> Phase:
    if any(room.running for room in shown):
        return Phase.RUNNING
    return Phase.BETWEEN if any(each.ends <= now for each in happenings) else Phase.BEFORE
