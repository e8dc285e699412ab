"""Badges: whoever issues them says how a scanned or typed code is read; who needs one does not know whose it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Badge:
    """A badge that is valid now. ``kind`` and ``id`` name it once and for all; ``account_id`` is its holder's."""

    kind: str
    id: int
    account_id: int | None = None


@dataclass(frozen=True)
class BadgeEvent:
    """Something that people wear badges at; ``key`` may be stored."""

    key: str
    label: str


ListEvents = Callable[[], Sequence[BadgeEvent]]
ReadBadge = Callable[[str, str], Badge | None]
_issuers: dict[str, tuple[ListEvents, ReadBadge]] = {}


def register_badges(kind: str, events: ListEvents, read: ReadBadge) -> None:
    """Say for one kind of event which there are, and how a code is read at the one with a key.

    Args:
        kind: what the keys of its events begin with, before a colon.
        read: takes the key and what was scanned or typed; None for a code that is no valid badge there.
    """
    _issuers[kind] = (events, read)


def badge_events() -> list[BadgeEvent]:
    """Return every event whose badges can be read."""
    return [event for kind in sorted(_issuers) for event in _issuers[kind][0]()]


def read_badge(event: str, typed: str) -> Badge | None:
    """Return the badge of an event that a code names, None when it names no valid one."""
    issuer = _issuers.get(event.partition(":")[0])
    return issuer[1](event, typed) if issuer else None
