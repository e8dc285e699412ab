"""What stands in a schedule file, as it stands there: strings only."""

from collections import Counter
from dataclasses import dataclass, field

from gtn_events.core.errors import DomainError


class ScheduleUnreadable(DomainError):
    """The file is no schedule that can be imported; the text says why. Nothing was changed."""

    http_status = 422


@dataclass(frozen=True)
class RawDay:
    """The attributes of the ``day`` an event stands in."""

    date: str = ""
    start: str = ""


@dataclass(frozen=True)
class RawRoom:
    """The attributes of the ``room`` an event stands in."""

    name: str = ""
    seats: str = ""


@dataclass(frozen=True, kw_only=True)
class RawPerson:
    """A ``person`` element, of an event or of the file's own list."""

    guid: str = ""
    id: str = ""
    name: str = ""
    role: str = ""
    biography: str = ""
    extended_biography: str = ""


@dataclass
class RawEvent:
    """An ``event`` element."""

    day: RawDay
    room: RawRoom
    attributes: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    track_slug: str = ""
    persons: list[RawPerson] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class RawSchedule:
    """The whole file."""

    generator: str = ""
    conference: dict[str, str] = field(default_factory=dict)
    tracks: list[tuple[str, str]] = field(default_factory=list)
    persons: list[RawPerson] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    removed_controls: int = 0
    not_accepted: int = 0
