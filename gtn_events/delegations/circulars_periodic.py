"""Reminds economies of circulars three days before the date to acknowledge them by, once."""

from datetime import datetime, timedelta

from gtn_events.core.jobs import periodic

from .notifications_circulars import remind
from .queries.circulars import released_versions

BEFORE = timedelta(days=3)


@periodic(seconds=3600)
def remind_of_circulars(now: datetime) -> None:
    """Mail the coordinators of economies that have not acknowledged; the day in the key makes each mail one."""
    for version in released_versions():
        if version.acknowledge_by == now.date() + BEFORE:
            remind(version, now=now)
