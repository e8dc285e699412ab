"""What a schedule file says, as frozen values, before anything touches the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...enums import SessionKind, SpeakerRole


@dataclass(frozen=True)
class Finding:
    """One line about what was mended, skipped or worth knowing; ``where`` may be empty."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


@dataclass(frozen=True)
class ScheduledPerson:
    """A person of the file; ``key`` is the file's own guid, id or code, or the folded name."""

    key: str
    name: str
    biography: str = ""


@dataclass(frozen=True)
class Appearance:
    """What one person does in one session; ``role`` is None where a file of our own has no place for it."""

    person_key: str
    role: SpeakerRole | None = SpeakerRole.SPEAKER


@dataclass(frozen=True)
class ScheduledTrack:
    """A track of the file, in the file's order."""

    name: str
    slug: str


@dataclass(frozen=True)
class ScheduledRoom:
    """A room of the file, in the file's order."""

    name: str
    seats: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScheduledSession:
    """One session. ``starts_at`` (UTC) and ``minutes`` (1 to 1440) are None when it has no time yet."""

    guid: str
    source_id: str
    code: str
    title: str
    subtitle: str = ""
    kind: SessionKind = SessionKind.SESSION
    type_label: str = ""
    abstract: str = ""
    description: str = ""
    language: str = ""
    track: str | None = None
    room: str | None = None
    starts_at: datetime | None = None
    minutes: int | None = None
    appearances: tuple[Appearance, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """How a finding names the session."""
        return f"Session {self.source_id} “{self.title}”"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A whole file: ``source`` tells later imports which sessions are its own.

    ``is_ours`` is a file that this system wrote: what it does not say stays as it is.
    """

    source: str
    time_zone: str
    rooms: tuple[ScheduledRoom, ...]
    tracks: tuple[ScheduledTrack, ...]
    persons: Mapping[str, ScheduledPerson]
    sessions: tuple[ScheduledSession, ...]
    is_ours: bool = False
    findings: tuple[Finding, ...] = field(default=())
