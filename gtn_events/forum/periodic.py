"""What the forum does by the clock: offers end, kept places are released, free seats go to whoever waits."""

from datetime import datetime

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .domain.allotments import forums_with_due_allotments, release_due_allotments
from .domain.bookings import side_events_with_waiting
from .domain.economy_reminders import forums_asking_economies, remind_economies, tell_of_silence
from .domain.places import lapse_due_bookings, offer_freed_places
from .domain.programme_releases import tell_of_due_releases
from .domain.question_reminders import remind_of_unanswered
from .domain.session_places import limited_sessions_with_waiting
from .domain.waiting_list import forums_with_waiting, lapse_due_offers, offer_freed_seats


@periodic(seconds=60)
def pass_offers_on(now: datetime) -> None:
    """End the offers whose time has come and offer every free seat to whoever waits first.

    Each step is committed by itself: until then nobody else can get a seat of its forum.
    """
    lapse_due_offers(now=now)
    db.session.commit()
    lapse_due_bookings(now=now)
    db.session.commit()
    for forum in forums_with_waiting():
        if now.date() <= forum.ends_on:
            offer_freed_seats(forum, now=now)
            db.session.commit()
    for side_event in side_events_with_waiting():
        if now < side_event.starts_at:
            offer_freed_places(side_event, now=now)
            db.session.commit()
    for limited in limited_sessions_with_waiting(now=now):
        offer_freed_places(limited, now=now)
        db.session.commit()


@periodic(seconds=60)
def release_kept_places(now: datetime) -> None:
    """Let the unused places of every holder go on their date; each forum is committed by itself."""
    for forum in forums_with_due_allotments(now=now):
        release_due_allotments(forum, now=now)
        db.session.commit()


@periodic(seconds=3600)
def watch_economies(now: datetime) -> None:
    """Remind coordinators whose days are nearly over, and tell organisers where no answer came; once each."""
    for forum in forums_asking_economies():
        if not forum.is_over(now):
            remind_economies(forum, now=now)
            tell_of_silence(forum, now=now)


@periodic(seconds=3600)
def remind_of_side_event_questions(now: datetime) -> None:
    """Remind delegates of questions that a side event asks and that begins soon; once each."""
    remind_of_unanswered(now=now)


@periodic(seconds=60)
def tell_of_programmes(now: datetime) -> None:
    """Tell those whose sessions changed when a version of the programme becomes public."""
    tell_of_due_releases(now=now)
