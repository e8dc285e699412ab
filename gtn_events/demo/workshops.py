"""The next forum of the demonstration has workshops with few places: one is full, another at its time, two later."""

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
WORKSHOPS = (
    # start, places, level, title, abstract
    (
        time(9),
        FULL,
        SessionLevel.INTRODUCTORY,
        "Repair clinic: bring a machine that broke",
        "Two machines, two mechanics, everybody's hands. At most two firms bring one.",
    ),
    (
        time(9),
        ROOMY,
        SessionLevel.ADVANCED,
        "Tender workshop: read one, answer one",
        "A real tender from the first line to the signature, in groups of five.",
    ),
    (
        time(10, 30),
        ROOMY,
        SessionLevel.INTRODUCTORY,
        "Meter clinic: what your bill does not tell",
        "Bring twelve months of bills; everybody leaves with the one meter to read first.",
    ),
    (
        time(14),
        ROOMY,
        SessionLevel.INTERMEDIATE,
        "Label workshop: what may stand on the box",
        "Six boxes, six claims; the table decides which of them may stand in which economy.",
    ),
)


def hold_workshops(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Add them and let confirmed delegates sign up for the small one. Flushes."""
    day = forum.starts_on + timedelta(days=1)
    for start, places, level, title, abstract in WORKSHOPS:
        details = SessionDetails(
            title=title,
            abstract=abstract,
            language="en",
            level=level,
            interpretation=("es",),
            starts_at=moment_at_venue(datetime.combine(day, start), forum.time_zone),
            minutes=60,
        )
        session = add_session(forum, details, actor=organiser, now=now)
        set_places(forum, session, places, actor=organiser, now=now)
        if places == FULL:
            _sign_up(forum, session, FULL + 1, now=now)


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
