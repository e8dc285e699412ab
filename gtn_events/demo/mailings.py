"""Mails to chosen sets: two after the first forum, of which one stopped on its way, and one begun for the next."""

from datetime import datetime, timedelta

from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, cancel_job
from gtn_events.forum.domain.mailing_stops import note_stopped
from gtn_events.forum.domain.mailings import (
    MailingText,
    begin_mailing,
    finish_mailing,
    schedule_mailing,
    take_due,
    write_one,
)
from gtn_events.forum.mailing_job import ask_for_work
from gtn_events.forum.models import Forum, Mailing
from gtn_events.forum.queries.mailings import audience_choices, read_audience, recipients_of

THANKS = """Thank you for coming to {city} for {forum}.

The slides of the sessions stand in the programme: {page}

Your certificate follows; it names your attendance on both days."""
VENUE = """Your registration {number} for {forum} is {state}.

The doors open at 08:00 on {first_day}. Please bring the ticket, on paper or on your phone."""

PHOTOGRAPHS = """The photographs of {forum} are ready: {page}

If you are on one and would rather not be, write back and we take it away."""
WRITTEN = 12


def fill_mailings(past: Forum, upcoming: Forum, organiser: Account, *, now: datetime) -> None:
    """Send thanks to whoever came to day 1, stop a mail half-way, and begin one to the confirmed. Flushes."""
    after = datetime.combine(past.ends_on, datetime.min.time(), tzinfo=now.tzinfo) + timedelta(days=3)
    thanks = _begun(past, "Thank you for coming to {city}", THANKS, organiser, now=after, day="1")
    leaves = _leave(thanks, organiser, now=after, day="1")
    for recipient in db.session.scalars(recipients_of(thanks)).all():
        write_one(thanks, recipient, now=leaves)
    finish_mailing(thanks, now=leaves)
    _stop_half_way(past, organiser, now=after + timedelta(days=1))
    _begun(upcoming, "Before you come to {city}", VENUE, organiser, now=now, state="confirmed")


def _stop_half_way(past: Forum, organiser: Account, *, now: datetime) -> None:
    """Begin to send a mail whose work somebody cancels when some of it is written."""
    photographs = _begun(past, "Photographs of {forum}", PHOTOGRAPHS, organiser, now=now, state="confirmed")
    leaves = _leave(photographs, organiser, now=now, state="confirmed")
    ask_for_work(photographs, actor=organiser, now=leaves)
    for recipient in db.session.scalars(recipients_of(photographs).limit(WRITTEN)).all():
        write_one(photographs, recipient, now=leaves)
    cancel_job(db.session.get_one(Job, photographs.job_id), now=leaves)
    note_stopped(now=leaves)


def _leave(mailing: Mailing, organiser: Account, *, now: datetime, **filters: str) -> datetime:
    """Schedule a mail, let it begin to leave, and return when."""
    choices = audience_choices(mailing.forum)
    listing = read_audience("", MultiDict(filters), choices)
    schedule_mailing(mailing, listing, choices, seen=mailing.lock_version, actor=organiser, now=now)
    take_due(mailing, now=now + timedelta(minutes=5))
    return now + timedelta(minutes=5)


def _begun(forum: Forum, subject: str, text: str, organiser: Account, *, now: datetime, **filters: str) -> Mailing:
    choices = audience_choices(forum)
    listing = read_audience("", MultiDict(filters), choices)
    return begin_mailing(
        forum, MailingText(subject=subject, text=text, listing=listing), choices, actor=organiser, now=now
    )
