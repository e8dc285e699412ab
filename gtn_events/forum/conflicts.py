"""Finds what is wrong with the places of a programme's sessions, in one sweep over their times.

All times are half-open: a session that ends at 11:00 is not in the way of one that starts then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from functools import cached_property

from .enums import ConflictKind, Treatment

USUAL_TREATMENT: Mapping[ConflictKind, Treatment] = {
    ConflictKind.ROOM: Treatment.BLOCK,
    ConflictKind.SPEAKER: Treatment.BLOCK,
    ConflictKind.ROOM_SMALL: Treatment.WARN,
    ConflictKind.OUTSIDE: Treatment.WARN,
    ConflictKind.SIDE_EVENT: Treatment.WARN,
    ConflictKind.AWAY: Treatment.WARN,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """What the sweep has to know of a session that has a time. ``expected`` is how many people are to come."""

    id: int
    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    people: frozenset[int] = frozenset()
    expected: int | None = None
    is_plenary: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A time that something else takes: a room or a speaker is away, or, with neither, a side event takes place."""

    id: int
    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    speaker_id: int | None = None


@dataclass(frozen=True)
class Surroundings:
    """What the sessions are held against.

    ``seats`` are those of rooms whose seats are known, by room id. ``hours`` are the opening hours
    at the venue by day; a day of the forum that has none is open all day.
    """

    zone: tzinfo
    first_day: date
    last_day: date
    seats: Mapping[int, int] = field(default_factory=dict)
    hours: Mapping[date, tuple[time, time]] = field(default_factory=dict)
    side_events: Sequence[Period] = ()
    away: Sequence[Period] = ()

    @cached_property
    def side_event_by_id(self) -> Mapping[int, Period]:
        """The side events, each by its id."""
        return {each.id: each for each in self.side_events}

    @cached_property
    def away_by_id(self) -> Mapping[int, Period]:
        """The times in which a room or a speaker is away, each by its id."""
        return {each.id: each for each in self.away}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict. ``other_id`` is the second session; ``subject_id`` the room, speaker, side event or time away."""

    kind: ConflictKind
    session_id: int
    other_id: int | None = None
    subject_id: int | None = None


Subject = tuple[ConflictKind, int]
_PLENARY: Subject = (ConflictKind.SIDE_EVENT, 0)


def conflicts_among(sessions: Iterable[Planned], around: Surroundings) -> Iterator[Conflict]:
    """Yield every conflict, in the order of the times; each pair once for each room or person it shares.

    n log n for n sessions, and one step for each conflict.
    """
    running: dict[Subject, list[Planned | Period]] = {}
    everything: list[Planned | Period] = [*sessions, *around.side_events, *around.away]
    for each in sorted(everything, key=lambda each: (each.starts_at, each.ends_at, each.id)):
        if isinstance(each, Planned):
            yield from _alone(each, around)
        for subject in _subjects(each):
            still = [other for other in running.get(subject, ()) if other.ends_at > each.starts_at]
            for other in still:
                yield from _between(subject, other, each)
            still.append(each)
            running[subject] = still


def _subjects(each: Planned | Period) -> Iterator[Subject]:
    """Yield what a session or another time uses while it lasts."""
    if each.room_id is not None:
        yield ConflictKind.ROOM, each.room_id
    if isinstance(each, Planned):
        for person in sorted(each.people):
            yield ConflictKind.SPEAKER, person
        if each.is_plenary:
            yield _PLENARY
    elif each.speaker_id is not None:
        yield ConflictKind.SPEAKER, each.speaker_id
    elif each.room_id is None:
        yield _PLENARY


def _between(subject: Subject, one: Planned | Period, other: Planned | Period) -> Iterator[Conflict]:
    """Yield the conflict of two that use the same at the same time, if it is one."""
    kind, subject_id = subject
    if isinstance(one, Planned) and isinstance(other, Planned):
        if subject != _PLENARY:
            yield Conflict(kind, one.id, other.id, subject_id)
        return
    session, period = (one, other) if isinstance(one, Planned) else (other, one)
    if isinstance(session, Planned):
        yield Conflict(kind if subject == _PLENARY else ConflictKind.AWAY, session.id, subject_id=period.id)


def _alone(session: Planned, around: Surroundings) -> Iterator[Conflict]:
    """Yield what is wrong with a session whatever else there is."""
    seats = around.seats.get(session.room_id) if session.room_id is not None else None
    if seats is not None and session.expected is not None and session.expected > seats:
        yield Conflict(ConflictKind.ROOM_SMALL, session.id, subject_id=session.room_id)
    if _is_outside(session.starts_at, session.ends_at, around):
        yield Conflict(ConflictKind.OUTSIDE, session.id)


def _is_outside(starts_at: datetime, ends_at: datetime, around: Surroundings) -> bool:
    """Say whether a time is on no day of the forum, or outside the opening hours of its day."""
    starts, ends = starts_at.astimezone(around.zone), ends_at.astimezone(around.zone)
    if not around.first_day <= starts.date() <= around.last_day:
        return True
    hours = around.hours.get(starts.date())
    return hours is not None and (starts.time() < hours[0] or ends.date() > starts.date() or ends.time() > hours[1])
