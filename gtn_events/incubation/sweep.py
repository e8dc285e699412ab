"""What comes round by itself: reminders of rankings and of talks, and the mails that ask for figures."""

from datetime import datetime

from gtn_events.core.jobs import periodic

from .domain.figure_links import drop_old_links
from .domain.figure_reminders import ask_for_due_figures
from .domain.review_reminders import remind_applicants, remind_hosts


@periodic(seconds=3600)
def remind_of_reviews(now: datetime) -> None:
    """Remind hosts and applicants, each once."""
    remind_hosts(now=now)
    remind_applicants(now=now)


@periodic(seconds=3600)
def ask_for_figures(now: datetime) -> None:
    """Ask firms for the figures that are due, and forget links that ended long ago."""
    ask_for_due_figures(now=now)
    drop_old_links(now=now)
