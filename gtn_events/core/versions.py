"""Rows that two people may have open at once: which version one saw, and whether another saved since."""

from typing import Protocol

from .errors import Stale


class Versioned(Protocol):
    """A row that knows whether somebody else changed it meanwhile."""

    @property
    def lock_version(self) -> int: ...


def require_as_seen(row: Versioned | None, seen: int | None) -> None:
    """Raise ``Stale`` when a locked row is not as its form was shown; a row that is missing has the version 0.

    ``seen`` is None when it does not matter.
    """
    if seen is not None and (row.lock_version if row else 0) != seen:
        raise Stale(
            "Somebody else saved this while you had it open. What you typed is kept; where it differs, the field says "
            "what is stored now. Save again to put yours in its place."
        )
