"""What an organiser asks of a timetable, as a form and a job's parameters carry it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How long sessions are to be, when they may begin, and which tracks (ids) are kept apart."""

    minutes: int = 45
    plenary_minutes: int = 60
    step: int = 15
    earliest: time = time(9)
    latest: time = time(18)
    apart: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:  # Any: numbers, texts and a list
        """Return them as JSON can hold them."""
        clocks = {"earliest": self.earliest.isoformat("minutes"), "latest": self.latest.isoformat("minutes")}
        return {**vars(self), **clocks, "apart": list(self.apart)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wishes":  # Any: as ``to_json`` wrote it
        """Return what was stored."""
        clocks = {name: time.fromisoformat(stored[name]) for name in ("earliest", "latest")}
        return cls(**{**stored, **clocks, "apart": tuple(stored["apart"])})
