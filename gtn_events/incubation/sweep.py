"""What comes round by itself: reminders of rankings and of talks."""

from datetime import datetime

from gtn_events.core.jobs import periodic

from .domain.review_reminders import remind_applicants, remind_hosts


@periodic(seconds=3600)
def remind_of_reviews(now: datetime) -> None:
    """Remind hosts and applicants, each once."""
    remind_hosts(now=now)
    remind_applicants(now=now)
