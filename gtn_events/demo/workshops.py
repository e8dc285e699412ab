"""The demonstration's next forum has two workshops with few places: one is full and has a waiting list."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.venue_time import moment_at_venue
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.session_places import set_places, sign_up
from gtn_events.forum.enums import RegistrationState, SessionLevel
from gtn_events.forum.models import Forum, ForumSession, LimitedSession, Registration

FULL, ROOMY = 2, 30


def hold_workshops(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Add them and let confirmed delegates sign up for the small one. Flushes."""
    repair = _workshop(
        forum,
        "Repair clinic: bring a machine that broke",
        "Two machines, two mechanics, everybody's hands. At most two firms bring one.",
        SessionLevel.INTRODUCTORY,
        organiser=organiser,
        now=now,
    )
    set_places(forum, repair, FULL, actor=organiser, now=now)
    tender = _workshop(
        forum,
        "Tender workshop: read one, answer one",
        "A real tender from the first line to the signature, in groups of five.",
        SessionLevel.ADVANCED,
        organiser=organiser,
        now=now,
    )
    set_places(forum, tender, ROOMY, actor=organiser, now=now)
    _sign_up(forum, repair, FULL + 1, now=now)


def _workshop(
    forum: Forum, title: str, abstract: str, level: SessionLevel, *, organiser: Account, now: datetime
) -> ForumSession:
    day = forum.starts_on + timedelta(days=1)
    details = SessionDetails(
        title=title,
        abstract=abstract,
        language="en",
        level=level,
        interpretation=("es",),
        starts_at=moment_at_venue(datetime.combine(day, time(9)), forum.time_zone),
        minutes=60,
    )
    return add_session(forum, details, actor=organiser, now=now)


def _sign_up(forum: Forum, session: ForumSession, people: int, *, now: datetime) -> None:
    limited = db.session.get_one(LimitedSession, session.id)
    confirmed = select(Registration).where(
        Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED
    )
    for registration in db.session.scalars(confirmed.order_by(Registration.id)):
        try:
            sign_up(registration, limited, actor=registration.account, now=now)
        except DomainError:
            continue  # they are elsewhere at that time
        people -= 1
        if not people:
            return
