"""Unanswered questions of side events: whoever has a place is reminded once, some days before it begins."""

from datetime import datetime, timedelta

from gtn_events.core.db import db

from ..notifications import remind_of_questions
from ..queries.side_event_questions import bookings_to_remind, questions_waiting

BEFORE = timedelta(days=3)
AFTER_CHOOSING = timedelta(days=1)


def remind_of_unanswered(*, now: datetime) -> int:
    """Remind everybody with a place at a side event that begins within three days, and return how many mails it were.

    Whoever chose it less than a day ago was asked just then and is not reminded yet. Flushes; the caller commits.
    """
    bookings = bookings_to_remind(chosen_by=now - AFTER_CHOOSING, after=now, until=now + BEFORE)
    waiting = questions_waiting(bookings, now=now)
    for booking in bookings:
        remind_of_questions(booking, waiting[booking.side_event_id], now=now)
    db.session.flush()
    return len(bookings)
