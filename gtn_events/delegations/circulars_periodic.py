"""Reminds economies of circulars, once, from three days before the date to acknowledge them by."""

from datetime import datetime, timedelta

from gtn_events.core.jobs import periodic

from .notifications_circulars import remind
from .queries.circulars import released_versions

BEFORE = timedelta(days=3)


@periodic(seconds=3600)
def remind_of_circulars(now: datetime) -> None:
    """Mail the coordinators of economies that have not acknowledged and were not reminded in these days."""
    today = now.date()
    for version in released_versions():
        last, released_at = version.acknowledge_by, version.released_at
        # Whoever got the circular today needs no reminder yet.
        if last is None or released_at is None or not released_at.date() < today <= last <= today + BEFORE:
            continue
        remind(version, now=now, unless_since=last - BEFORE)
