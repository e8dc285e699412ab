"""Reminding each side of what it has to do: three days before, the day after, and two weeks after, each once."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_

from gtn_events.core.db import db
from gtn_events.core.venue_time import day_at_venue

from ..enums import PlacementState
from ..models import Placement
from ..notifications_placements import remind_party, tell_sides
from ..queries.placement_list import LIVE
from ..queries.placements import placements_where
from .placement_rows import rows_for
from .placement_tasks import Task, TaskKind

SOON = timedelta(days=3)
AGAIN = timedelta(days=14)
# A sweep may come late; after that nobody is reminded any more.
LONGEST = timedelta(days=28)
AFTER_END = timedelta(days=60)


def remind_of_placements(*, now: datetime) -> int:
    """Put the reminders that are due into the outbox and return how many are new. Flushes."""
    ended = (Placement.state == PlacementState.ENDED_EARLY) & (Placement.ended_on >= (now - AFTER_END).date())
    statement = placements_where(or_(Placement.state.in_(LIVE), ended))
    return sum(
        _remind(row.placement, task, now=now)
        for row in rows_for(db.session.scalars(statement), now=now)
        for task in row.tasks
    )


def stage_of(due_on: date | None, *, today: date) -> str:
    """Return which reminder of a task is due, empty for none."""
    if due_on is None or not -LONGEST <= due_on - today <= SOON:
        return ""
    over = today - due_on
    return "soon" if over <= timedelta() else "late" if over < AGAIN else "again"


def _remind(placement: Placement, task: Task, *, now: datetime) -> int:
    stage = stage_of(task.due_on, today=day_at_venue(now, placement.intake.host.time_zone))
    if not stage or task.due_on is None:
        return 0
    if task.kind is TaskKind.SIGN and task.party is not None:
        return remind_party(task.party, occasion=stage, now=now)
    return tell_sides(
        placement,
        "incubation/placement_reminder",
        occasion=f"{task.subject}:{task.due_on.isoformat()}:{stage}",
        now=now,
        sides=(task.role,),
        task=task,
        due_on=task.due_on,
        late=stage != "soon",
    )
