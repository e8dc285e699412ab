"""What a timetable is made from: sessions without a time, what stays as it is, and what the organiser asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from ..conflicts import Planned, Surroundings


class Rule(StrEnum):
    """A rule that no place breaks; in the order in which they are told."""

    LENGTH = "length"
    SEATS = "seats"
    CLOSED = "closed"
    ROOM_AWAY = "room-away"
    SPEAKER_AWAY = "speaker-away"
    SIDE_EVENT = "side-event"
    ROOM = "room"
    SPEAKER = "speaker"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A session that has no time yet. ``expected`` is how many people are to come, where somebody said so."""

    id: int
    minutes: int
    people: frozenset[int] = frozenset()
    expected: int | None = None
    is_plenary: bool = False
    track_id: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A session that stays where it is; while ``is_for_all`` (a break, a plenary) lasts nothing else takes place."""

    planned: Planned
    track_id: int | None = None
    is_for_all: bool = False


@dataclass(frozen=True, kw_only=True)
class Task:
    """Everything that a proposal is made from.

    ``step`` is the number of minutes, from midnight at the venue, on which sessions may begin.
    ``earliest`` and ``latest`` narrow the opening hours of every day. Of the tracks in ``apart``
    no two sessions run at once.
    """

    sessions: Sequence[ToPlace]
    settled: Sequence[Settled] = ()
    rooms: Sequence[int]
    around: Surroundings
    apart: frozenset[int] = frozenset()
    step: int = 15
    earliest: time = time(9)
    latest: time = time(18)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when the proposal puts one session."""

    session_id: int
    room_id: int
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A session that found no place, and the rule that binds; ``subject_id`` is the speaker or track it is about."""

    session_id: int
    rule: Rule
    subject_id: int | None = None


@dataclass(frozen=True)
class Proposal:
    """The placements in the order of time, and what found no place. ``is_best`` says that no better one exists."""

    placements: Sequence[Placement]
    unplaced: Sequence[Unplaced] = field(default=())
    is_best: bool = False
