"""What a worker does by itself: sensitive answers go on their day."""

from datetime import datetime

from gtn_events.core.jobs import periodic

from .domain.purge import purge_due_sensitive


@periodic(seconds=3600)
def purge_sensitive_answers(now: datetime) -> None:
    """Delete the sensitive answers whose day (in UTC) has come."""
    purge_due_sensitive(now.date(), now=now)
