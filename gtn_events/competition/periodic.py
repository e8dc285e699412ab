"""What the competition does by the clock: coordinators hear what came, and the root of a closed call is kept."""

from datetime import datetime

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .domain.coordinators import remind_before_the_date, tell_what_came
from .domain.roots import competitions_due, record_call_root
from .queries.endorsement import competitions_asking


@periodic(seconds=3600)
def tell_coordinators(now: datetime) -> None:
    """Write the digests of the day and the reminders that are due; what was written is not written again."""
    for competition in competitions_asking():
        tell_what_came(competition, now=now)
        remind_before_the_date(competition, now=now)


@periodic(seconds=60)
def record_roots_of_calls(now: datetime) -> None:
    """Write down what had been sent when a call closed; each competition is committed by itself."""
    for competition in competitions_due(now=now):
        record_call_root(competition, now=now)
        db.session.commit()
