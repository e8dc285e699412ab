"""Finds free rooms and times for one session: places where it would be in conflict with nothing.

All times are half-open. A place begins where the venue opens, or where something ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .conflicts import Period, Planned, Surroundings

USUAL_HOURS = (time(9), time(18))
STEP = timedelta(minutes=5)
# A session that fits is rather put into a room of its size: each so many empty seats weigh like an hour.
SEATS_LIKE_AN_HOUR = 100
ANOTHER_DAY = timedelta(hours=12)

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Fit:
    """A room and a start at which a session fits."""

    starts_at: datetime
    room_id: int


def places_that_fit(
    session: Planned,
    others: Sequence[Planned],
    around: Surroundings,
    *,
    rooms: Sequence[int],
    days: Sequence[date],
    breaks: Sequence[Interval] = (),
    most: int,
) -> list[Fit]:
    """Return the best places for a session, those nearest to where it is first, one for each gap of a room.

    Args:
        session: with its present place, or with the start near which it is to be; its own room may be None.
        others: the other sessions that have a time.
        rooms: the ids of the rooms that may be taken.
        days: those that may be taken.
        breaks: times that stay free whatever the room: plenaries, lunch.
        most: how many places are wanted.
    """
    minutes = session.ends_at - session.starts_at
    busy = [*_busy_people(session, others, around), *breaks]
    if session.is_plenary:
        busy += [(each.starts_at, each.ends_at) for each in around.side_events]
    found = []
    for room in rooms:
        seats = around.seats.get(room)
        if session.expected is not None and seats is not None and session.expected > seats:
            continue
        taken = [*busy, *_busy_room(room, others, around)]
        for day in days:
            found += [Fit(start, room) for start in _starts(day, minutes, taken, around)]
    here = Fit(session.starts_at, session.room_id or 0)
    wanted = (fit for fit in found if fit != here)
    return sorted(wanted, key=lambda fit: _cost(fit, session, around.seats))[:most]


def _busy_people(session: Planned, others: Iterable[Planned], around: Surroundings) -> Iterator[Interval]:
    for each in others:
        if each.people & session.people:
            yield each.starts_at, each.ends_at
    for away in around.away:
        if away.speaker_id in session.people:
            yield away.starts_at, away.ends_at


def _busy_room(room: int, others: Iterable[Planned], around: Surroundings) -> Iterator[Interval]:
    everything: list[Planned | Period] = [*others, *around.away]
    for each in everything:
        if each.room_id == room:
            yield each.starts_at, each.ends_at


def _starts(day: date, minutes: timedelta, taken: list[Interval], around: Surroundings) -> Iterator[datetime]:
    """Yield the first start in each gap of a day that is long enough."""
    opens, closes = (_moment(day, each, around) for each in around.hours.get(day, USUAL_HOURS))
    start = _rounded_up(opens)
    for begins, ends in sorted((*taken, (closes, closes))):
        if min(begins, closes) - start >= minutes:
            yield start
        start = max(start, _rounded_up(ends))


def _moment(day: date, clock: time, around: Surroundings) -> datetime:
    return datetime.combine(day, clock, tzinfo=around.zone).astimezone(UTC)


def _rounded_up(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (STEP - over if over else timedelta())


def _cost(fit: Fit, session: Planned, seats: Mapping[int, int]) -> tuple[float, datetime, int]:
    """Weigh how far a place is from the present one, and how much too large its room."""
    away = abs(fit.starts_at - session.starts_at) / timedelta(hours=1)
    another_day = abs(fit.starts_at - session.starts_at) > ANOTHER_DAY
    empty = max(0, seats.get(fit.room_id, 0) - (session.expected or 0)) if session.expected else 0
    moved = fit.room_id != session.room_id
    return away + another_day * 24 + empty / SEATS_LIKE_AN_HOUR + moved / 4, fit.starts_at, fit.room_id
