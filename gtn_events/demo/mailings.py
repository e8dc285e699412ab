"""Mails to chosen sets: one that was sent after the first forum, one that is still written for the next."""

from datetime import datetime, timedelta

from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.mailings import (
    MailingText,
    begin_mailing,
    finish_mailing,
    schedule_mailing,
    take_due,
    write_one,
)
from gtn_events.forum.models import Forum, Mailing
from gtn_events.forum.queries.mailings import audience_choices, read_audience, recipients_of

THANKS = """Thank you for coming to {city} for {forum}.

The slides of the sessions stand in the programme: {page}

Your certificate follows; it names your attendance on both days."""
VENUE = """Your registration {number} for {forum} is {state}.

The doors open at 08:00 on {first_day}. Please bring the ticket, on paper or on your phone."""


def fill_mailings(past: Forum, upcoming: Forum, organiser: Account, *, now: datetime) -> None:
    """Send thanks to whoever came to day 1, and begin a mail to the confirmed. Flushes."""
    after = datetime.combine(past.ends_on, datetime.min.time(), tzinfo=now.tzinfo) + timedelta(days=3)
    thanks = _begun(past, "Thank you for coming to {city}", THANKS, organiser, now=after, day="1")
    choices = audience_choices(past)
    listing = read_audience("", MultiDict({"day": "1"}), choices)
    schedule_mailing(thanks, listing, choices, seen=thanks.lock_version, actor=organiser, now=after)
    leaves = after + timedelta(minutes=5)
    take_due(thanks, now=leaves)
    for recipient in db.session.scalars(recipients_of(thanks)).all():
        write_one(thanks, recipient, now=leaves)
    finish_mailing(thanks, now=leaves)
    _begun(upcoming, "Before you come to {city}", VENUE, organiser, now=now, state="confirmed")


def _begun(forum: Forum, subject: str, text: str, organiser: Account, *, now: datetime, **filters: str) -> Mailing:
    choices = audience_choices(forum)
    listing = read_audience("", MultiDict(filters), choices)
    return begin_mailing(
        forum, MailingText(subject=subject, text=text, listing=listing), choices, actor=organiser, now=now
    )
