"""Reminding hosts whose ranking is not sent, and applicants who have not answered, each once."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..enums import CallState, HostState, InterviewState, MatchingMethod
from ..models import Application, Call, Host, Intake, Interview
from ..notifications import remind_host, tell_applicant
from ..queries.host_desk import desk_of
from ..queries.host_people import people_of_host
from .host_ranking import ranking_of

BEFORE_DEADLINE = timedelta(days=3)
AFTER_ASKING = timedelta(days=2)


def remind_hosts(*, now: datetime) -> int:
    """Write to the people of each host that has something to place and three days left, once. Flushes.

    Returns:
        How many mails were written.
    """
    statement = (
        select(Intake)
        .join(Call, Call.id == Intake.call_id)
        .join(Host, Host.id == Intake.host_id)
        .where(
            Call.state == CallState.PUBLISHED,
            Call.method == MatchingMethod.STABLE,
            Call.ranking_until > now,
            Call.ranking_until <= now + BEFORE_DEADLINE,
            Intake.withdrawn_at.is_(None),
            Intake.ranking_sent_at.is_(None),
            Host.state == HostState.LISTED,
        )
        .options(joinedload(Intake.call), joinedload(Intake.host))
    )
    count = 0
    for intake in db.session.scalars(statement).all():
        left = len(ranking_of(desk_of(intake, 0)).to_place)
        for account in people_of_host(intake.host) if left else ():
            count += remind_host(account, intake, left=left, now=now)
    return count


def remind_applicants(*, now: datetime) -> int:
    """Write to each applicant whom a host asked for a talk two days ago and who has not answered, once. Flushes.

    Returns:
        How many talks still wait for an answer.
    """
    statement = (
        select(Interview)
        .where(Interview.state == InterviewState.PROPOSED, Interview.asked_at <= now - AFTER_ASKING)
        .options(selectinload(Interview.slots), joinedload(Interview.application).joinedload(Application.call))
    )
    waiting = [
        interview
        for interview in db.session.scalars(statement).all()
        if any(slot.starts_at > now for slot in interview.slots) and interview.application.state.is_live
    ]
    for interview in waiting:
        tell_applicant(
            interview.application,
            "incubation/interview_reminder",
            now=now,
            occasion=f"interview {interview.id} reminder",
            interview=interview,
        )
    return len(waiting)
