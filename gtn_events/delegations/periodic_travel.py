"""Reminding travellers of papers that are missing: two weeks, one week and one day before the last day."""

from datetime import datetime

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .notifications_travel import remind_of_papers
from .queries.travel import missing_papers, travellers_with_papers_due

DAYS_BEFORE = (1, 7, 14)


@periodic(seconds=3600)
def remind_travellers(now: datetime) -> None:
    """Remind whoever has papers to send; the mail of one reminder is written once."""
    for traveller, settings in travellers_with_papers_due():
        if settings.due_on is None:
            continue
        left = (settings.due_on - now.date()).days
        reached = next((days for days in DAYS_BEFORE if 0 <= left <= days), None)
        missing = missing_papers(traveller, settings.papers)
        if reached is not None and missing:
            remind_of_papers(traveller, missing, due_on=settings.due_on, days=reached, now=now)
    db.session.commit()
