"""Badges of the demonstration: printed for the first forum before its doors opened, one of them twice."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.badges import record_prints, write_back_text
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration

PRINTED_AT = datetime.fromisoformat("2013-06-03T06:20:00+00:00")
REPRINTED_AT = datetime.fromisoformat("2013-06-05T02:05:00+00:00")
BACK = """Help desk: left of the stairs, 08:00–18:00
If something happens: ring 1 on any wall telephone
Found this badge? Hand it in at the main door."""


def print_badges(forum: Forum, organiser: Account) -> None:
    """Print the badges of the forum of 2013, one of them again. Flushes."""
    write_back_text(forum, BACK, actor=organiser, now=PRINTED_AT)
    statement = (
        select(Registration.id)
        .where(Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(Registration.id)
    )
    ids = list(db.session.scalars(statement))
    record_prints(forum, ids, reason="", actor=organiser, now=PRINTED_AT)
    record_prints(forum, ids[2:3], reason="Coffee was spilt on it", actor=organiser, now=REPRINTED_AT)
