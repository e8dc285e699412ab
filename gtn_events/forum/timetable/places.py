"""The places that a session could have, and what stands in the way of each."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ..conflicts import Period, Planned
from .problem import Placement, Rule, Task, ToPlace

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Place:
    """A room and a time; ``cells`` are the pieces of time that it takes, as numbers."""

    room_id: int
    starts_at: datetime
    cells: range


class Grid:
    """Time cut into cells at every moment at which anything may begin or end.

    Two times overlap exactly when they share a cell: what begins does so at a cut.
    """

    def __init__(self, task: Task) -> None:
        self.starts = sorted(moment for day in _days(task) for moment in _starts(task, day))
        self._ends = {day: _limits(task, day)[1] for day in _days(task)}
        self._zone = task.around.zone
        taken: list[Planned | Period] = [*task.around.side_events, *task.around.away]
        taken += [each.planned for each in task.settled]
        self._cuts = sorted({*self.starts, *(cut for each in taken for cut in (each.starts_at, each.ends_at))})

    def cells(self, starts_at: datetime, ends_at: datetime) -> range:
        """Return the cells of a time."""
        return range(bisect_left(self._cuts, starts_at), bisect_left(self._cuts, ends_at))

    def times(self, minutes: int) -> Iterator[tuple[datetime, range]]:
        """Yield the times of the days in which so many minutes fit."""
        length = timedelta(minutes=minutes)
        for start in self.starts:
            if start + length <= self._ends[start.astimezone(self._zone).date()]:
                yield start, self.cells(start, start + length)


class Board:
    """What is taken, cell by cell; it begins with everything that stays as it is."""

    def __init__(self, task: Task) -> None:
        self.task, self.grid = task, Grid(task)
        self._rooms: set[tuple[int, int]] = set()
        self._people: set[tuple[int, int]] = set()
        self._tracks: set[tuple[int, int]] = set()
        self._for_all: set[int] = set()
        self._anything: set[int] = set()
        self._side_events: set[int] = set()
        self._away: set[tuple[str, int, int]] = set()
        for each in task.settled:
            planned = each.planned
            cells = self.grid.cells(planned.starts_at, planned.ends_at)
            self._take(cells, planned.room_id, planned.people, each.track_id, for_all=each.is_for_all)
        for period in (*task.around.side_events, *task.around.away):
            self._set_apart(period)

    def places(self, session: ToPlace) -> list[Place]:
        """Return every place that breaks no rule, in the order of time, then of the rooms."""
        return [place for place in self.every_place(session) if not self.broken(session, place)]

    def every_place(self, session: ToPlace) -> Iterator[Place]:
        """Yield every room at every time that is long enough."""
        for starts_at, cells in self.grid.times(session.minutes):
            for room_id in self.task.rooms:
                yield Place(room_id, starts_at, cells)

    def place(self, session: ToPlace, room_id: int, starts_at: datetime) -> Place | None:
        """Return the place of a session in a room at a time; None where there is no such time or no such room."""
        cells = dict(self.grid.times(session.minutes)).get(starts_at)
        return Place(room_id, starts_at, cells) if cells is not None and room_id in self.task.rooms else None

    def broken(self, session: ToPlace, place: Place) -> dict[Rule, int | None]:
        """Return each rule that a place would break, with the speaker or track it is about."""
        found: dict[Rule, int | None] = {}
        seats = self.task.around.seats.get(place.room_id)
        if seats is not None and session.expected is not None and session.expected > seats:
            found[Rule.SEATS] = None
        for cell in place.cells:
            found.update(self._in_the_way(session, place.room_id, cell))
        return found

    def take(self, session: ToPlace, place: Place) -> None:
        """Give a place to a session."""
        self._take(place.cells, place.room_id, session.people, session.track_id, for_all=session.is_plenary)

    def _in_the_way(self, session: ToPlace, room_id: int, cell: int) -> Iterator[tuple[Rule, int | None]]:
        if cell in self._for_all or (session.is_plenary and cell in self._anything):
            yield Rule.CLOSED, None
        if ("room", room_id, cell) in self._away:
            yield Rule.ROOM_AWAY, None
        if session.is_plenary and cell in self._side_events:
            yield Rule.SIDE_EVENT, None
        if (room_id, cell) in self._rooms:
            yield Rule.ROOM, None
        if session.track_id in self.task.apart and (session.track_id, cell) in self._tracks:
            yield Rule.TRACK, session.track_id
        for person in session.people:
            if ("speaker", person, cell) in self._away:
                yield Rule.SPEAKER_AWAY, person
            if (person, cell) in self._people:
                yield Rule.SPEAKER, person

    def _take(
        self, cells: range, room_id: int | None, people: frozenset[int], track_id: int | None, *, for_all: bool
    ) -> None:
        self._anything.update(cells)
        if for_all:
            self._for_all.update(cells)
        if room_id is not None:
            self._rooms.update((room_id, cell) for cell in cells)
        if track_id is not None:
            self._tracks.update((track_id, cell) for cell in cells)
        self._people.update((person, cell) for person in people for cell in cells)

    def _set_apart(self, period: Period) -> None:
        cells = self.grid.cells(period.starts_at, period.ends_at)
        if period.room_id is not None:
            self._away.update(("room", period.room_id, cell) for cell in cells)
        elif period.speaker_id is not None:
            self._away.update(("speaker", period.speaker_id, cell) for cell in cells)
        else:
            self._side_events.update(cells)


def placement(session: ToPlace, place: Place) -> Placement:
    """Return a place as the proposal tells it."""
    return Placement(session.id, place.room_id, place.starts_at, session.minutes)


def _days(task: Task) -> list[date]:
    first, last = task.around.first_day, task.around.last_day
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _limits(task: Task, day: date) -> tuple[datetime, datetime]:
    """Return between which moments sessions of a day take place."""
    opens, closes = task.around.hours.get(day, (task.earliest, task.latest))
    begins, ends = max(opens, task.earliest), min(closes, task.latest)
    return _moment(task, day, begins), _moment(task, day, ends)


def _starts(task: Task, day: date) -> Iterator[datetime]:
    begins, ends = _limits(task, day)
    for minute in range(0, DAY_MINUTES, task.step):
        moment = _moment(task, day, time(minute // 60, minute % 60))
        if begins <= moment < ends:
            yield moment


def _moment(task: Task, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, task.around.zone).astimezone(UTC)
