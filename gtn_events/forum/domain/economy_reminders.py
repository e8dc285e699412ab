"""Who hears of the clock: coordinators before their days are over, organisers after; once for each day it ends."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.core.db import db
from gtn_events.core.venue_time import day_at_venue

from ..enums import ApprovalStage, RegistrationState
from ..models import Forum, Registration
from ..notifications_economies import remind_coordinator, tell_organiser
from ..queries.allotments import holder_names

BEFORE = timedelta(days=2)
TOLD_FOR = timedelta(days=7)

_WAITS = (Registration.state == RegistrationState.PENDING, Registration.stage == ApprovalStage.ECONOMY)


def forums_asking_economies() -> list[Forum]:
    """Return the forums where somebody waits for their economy."""
    asking = select(Registration.forum_id).where(*_WAITS)
    return list(db.session.scalars(select(Forum).where(Forum.id.in_(asking)).order_by(Forum.id)))


def remind_economies(forum: Forum, *, now: datetime) -> int:
    """Remind the coordinators whose answers are due within two days, and return how many mails were written. Flushes.

    Answers that are due on one day (at the venue) are one mail.
    """
    due = _due_by_day(forum, now, now + BEFORE)
    coordinators = coordinators_of({code for code, _day in due})
    names = holder_names() if due else {}
    return sum(
        remind_coordinator(
            each, forum, names[code], code=code, count=len(moments), until=min(moments), day=day, now=now
        )
        for (code, day), moments in due.items()
        for each in coordinators.get(code, [])
    )


def tell_of_silence(forum: Forum, *, now: datetime) -> int:
    """Tell the organisers which economies let a day pass, once it is over, and return how many mails were written."""
    today = day_at_venue(now, forum.time_zone)
    names: dict[str, str] = holder_names()
    silent: defaultdict[date, dict[str, int]] = defaultdict(dict)
    for (code, day), moments in _due_by_day(forum, now - TOLD_FOR, now).items():
        if day < today:
            silent[day][names[code]] = len(moments)
    organisers = staff_grants(forum.scope, [Role.ORGANISER]) if silent else []
    return sum(
        tell_organiser(grant.account, forum, economies, day=day, now=now)
        for day, economies in silent.items()
        for grant in organisers
    )


def _due_by_day(forum: Forum, after: datetime, until: datetime) -> dict[tuple[str, date], list[datetime]]:
    """Return when the answers are due that are still owed, by economy and day at the venue."""
    statement = (
        select(Registration.economy_code, Registration.answer_due_at)
        .where(
            Registration.forum_id == forum.id,
            *_WAITS,
            Registration.answer_due_at > after,
            Registration.answer_due_at <= until,
        )
        .order_by(Registration.answer_due_at)
    )
    found: defaultdict[tuple[str, date], list[datetime]] = defaultdict(list)
    for code, moment in db.session.execute(statement):
        if code is None or moment is None:
            continue
        found[code, day_at_venue(moment, forum.time_zone)].append(moment)
    return found
