"""The one place that reads the time; everything below a view receives it as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware, UTC, to the microsecond."""
    return datetime.now(UTC)
