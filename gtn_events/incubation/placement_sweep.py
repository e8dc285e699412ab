"""What comes round by itself: reminders of signatures, milestones, reports and arrivals."""

from datetime import datetime

from gtn_events.core.jobs import periodic

from .domain.placement_reminders import remind_of_placements


@periodic(seconds=3600)
def remind_of_what_is_due(now: datetime) -> None:
    """Remind firms, hosts and parties; a key makes each mail one."""
    remind_of_placements(now=now)
