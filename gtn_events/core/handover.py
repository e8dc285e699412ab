"""What can grow from a thing of another package: one has it, another begins, ``create_app()`` connects them.

Packages beside one another do not import one another. The one that has the thing describes it
as an ``Origin``; whoever can begin something with it registers itself here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What is known of the thing, in words of nobody in particular; ``people`` are (name, role)."""

    reference: str
    title: str
    summary: str
    organisation_name: str
    organisation_size: str
    founded_in: int | None
    economy_code: str
    website: str
    languages: Sequence[str]
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Opening:
    """Something that can be begun now; ``key`` names it to whoever offers it."""

    key: str
    title: str


class Receiver(Protocol):
    """Whoever can begin something with an origin."""

    def openings(self, *, actor: Any, now: datetime) -> Sequence[Opening]:  # Any: an account; they stand above core
        """Return what this person can begin now."""
        ...

    def begin(self, opening: str, origin: Origin, *, actor: Any, now: datetime) -> str:  # Any: as above
        """Begin it, flush, and return the address at which the person goes on."""
        ...


_receivers: dict[str, Receiver] = {}


def connect(kind: str, receiver: Receiver) -> None:
    """Say who begins things of a kind, ``co-incubation``."""
    _receivers[kind] = receiver


def openings_for(kind: str, *, actor: Any, now: datetime) -> Sequence[Opening]:  # Any: as above
    """Return what a person can begin; nothing when nobody is connected."""
    receiver = _receivers.get(kind)
    return receiver.openings(actor=actor, now=now) if receiver else ()


def begin_from(kind: str, opening: str, origin: Origin, *, actor: Any, now: datetime) -> str:  # Any: as above
    """Begin one of the openings, and return where the person goes on.

    Raises:
        LookupError: nobody is connected.

    And whatever the receiver refuses. Flushes; the caller commits.
    """
    if kind not in _receivers:
        raise LookupError(f"nobody begins anything of the kind {kind}")
    return _receivers[kind].begin(opening, origin, actor=actor, now=now)
