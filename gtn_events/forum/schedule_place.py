"""Where a session stands in the schedule, as one value that can be compared and written into a form."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Place:
    """A start, a duration and a room (or none yet)."""

    starts_at: datetime
    minutes: int
    room_id: int | None

    @property
    def ends_at(self) -> datetime:
        """The first moment after it (half-open)."""
        return self.starts_at + timedelta(minutes=self.minutes)


def token_of(place: Place | None) -> str:
    """Return what a form carries to say where its reader saw a session; ``-`` is nowhere."""
    if place is None:
        return NOWHERE
    return f"{place.starts_at.astimezone(UTC):%Y%m%dT%H%M%S}+{place.minutes}@{place.room_id or 0}"
