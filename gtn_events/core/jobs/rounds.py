"""Tasks that come round: each once per due time, however many workers there are."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from ..db import db, reading
from ..upsert import insert_unless_there
from .models import PeriodicRun

logger = logging.getLogger(__name__)

Task = Callable[[datetime], None]
_tasks: dict[str, tuple[Task, timedelta]] = {}


def periodic(*, seconds: int) -> Callable[[Task], Task]:
    """Mark a function that a worker calls every ``seconds`` with the present moment.

    It has an application context and a fresh session; what it leaves uncommitted is committed.
    """

    def mark(task: Task) -> Task:
        _tasks[f"{task.__module__}.{task.__qualname__}"[-120:]] = (task, timedelta(seconds=seconds))
        return task

    return mark


def run_due_periodic_tasks(now: datetime) -> list[str]:
    """Run the tasks whose time has come and return their names; one that fails does not stop the others."""
    with reading():
        due_at = {run.name: run.due_at for run in db.session.scalars(select(PeriodicRun))}
        db.session.rollback()
    ran = []
    for name, (task, every) in _tasks.items():
        if name in due_at and due_at[name] > now:
            continue
        if not _take(name, due_at.get(name), now + every):
            continue
        try:
            task(now)
            db.session.commit()
        except Exception:  # the boundary: see the docstring
            logger.exception("periodic task %s failed", name)
            db.session.rollback()
        ran.append(name)
    return ran


def _take(name: str, seen: datetime | None, next_due: datetime) -> bool:
    """Move the due time on; True for the one worker that did it."""
    won: str | None
    if seen is None:
        won = db.session.scalar(
            insert_unless_there(PeriodicRun, name=name, due_at=next_due).returning(PeriodicRun.name)
        )
    else:
        moved = (
            update(PeriodicRun)
            .where(PeriodicRun.name == name, PeriodicRun.due_at == seen)
            .values(due_at=next_due)
            .returning(PeriodicRun.name)
            .execution_options(synchronize_session=False)
        )
        won = db.session.scalar(moved)
    db.session.commit()
    return won is not None
