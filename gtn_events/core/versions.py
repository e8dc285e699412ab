"""Rows that two people may have open at once: which version one saw, and whether another saved since."""

from typing import Protocol

from .errors import Stale


class Versioned(Protocol):
    """A row that knows whether somebody else changed it meanwhile."""

    lock_version: int


def require_as_seen(row: Versioned, seen: int | None) -> None:
    """Raise ``Stale`` when a locked row is not as its form was shown; ``seen`` is None when it does not matter."""
    if seen is not None and row.lock_version != seen:
        raise Stale(
            "Somebody else saved this while you had it open. What you typed is kept; where it differs, the field says "
            "what is stored now. Save again to put yours in its place."
        )
