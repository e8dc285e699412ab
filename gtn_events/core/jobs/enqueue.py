"""Asking for long work, and asking it to stop."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from ..db import db
from ..permissions import Scope
from ..upsert import insert_unless_there
from ..wake import wake_after_commit
from .models import Job, JobState


def enqueue_job(
    kind: str,
    *,
    title: str,
    params: dict[str, Any],
    actor: Any,  # Any: an Account or None; accounts stand above core
    now: datetime,
    scope: Scope | None = None,
    unique_key: str | None = None,
    back: tuple[str, str] | None = None,
) -> Job:
    """Write down a piece of long work; a worker starts it after the commit.

    Args:
        kind: a name given to ``@job_handler``.
        title: what a person reads on the job's page.
        params: JSON-ready.
        actor: whom the job and its result belong to.
        unique_key: at most one job bears it, so a double click starts one.
        back: name and address of the page that asks; the job's page leads back there.

    Returns:
        The flushed row; the older one when the key is there already.
    """
    statement = insert_unless_there(
        Job,
        kind=kind,
        title=title[:200],
        params={**params, "back": list(back)} if back else params,
        unique_key=unique_key,
        scope_kind=scope.kind if scope else None,
        scope_id=scope.id if scope else None,
        created_by_id=actor.id if actor is not None else None,
        created_at=now,
    )
    job_id = db.session.scalar(statement.returning(Job.id))
    if job_id is None:
        return db.session.scalars(select(Job).where(Job.unique_key == unique_key)).one()
    wake_after_commit("jobs")
    return db.session.get_one(Job, job_id)


def cancel_job(job: Job, *, now: datetime) -> None:
    """Stop a job: at once while it waits, at its next check while it runs; a finished one stays as it is."""
    waiting = update(Job).where(Job.id == job.id, Job.state == JobState.QUEUED)
    running = update(Job).where(Job.id == job.id, Job.state == JobState.RUNNING)
    for statement in (
        waiting.values(state=JobState.CANCELLED, cancel_requested=True, finished_at=now),
        running.values(cancel_requested=True),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.refresh(job)
