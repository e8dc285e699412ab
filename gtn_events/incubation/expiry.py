"""Reminds of verifications that run out: 30 days before, 7 days before, and when they are over, each once."""

from datetime import datetime, timedelta

from gtn_events.core.jobs import periodic

from .notifications_hosts import tell_coordinators, tell_managers
from .queries.hosts import hosts_that_expire

BEFORE = (timedelta(days=30), timedelta(days=7))
# A sweep may come late; a mail about what was over for weeks would only puzzle.
LATE = timedelta(days=14)


@periodic(seconds=3600)
def remind_of_expiry(now: datetime) -> None:
    """Mail the managers and the coordinators of the hosts whose verification runs out; a key makes each mail one."""
    today = now.date()
    for host, until in hosts_that_expire(today - LATE, today + max(BEFORE)):
        over = until < today
        stage = "over" if over else min(each for each in BEFORE if until - today <= each).days
        occasion = f"{until.isoformat()}:{stage}"
        tell_managers(host, "incubation/host_expires", occasion=occasion, now=now, over=over)
        tell_coordinators(host, "incubation/host_expires", occasion=occasion, now=now, over=over)
