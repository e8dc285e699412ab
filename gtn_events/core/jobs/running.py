"""Running what is due: claim with a lease, run the handler, finish in one transaction."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from ..db import db, reading
from ..errors import DomainError
from ..uploads import store_path
from .models import Job, JobState
from .registry import JobCancelled, JobInterrupted, JobKind, kind_of
from .run import LEASE, JobRun

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3


def run_due_jobs(
    now: datetime, *, clock: Callable[[], datetime] | None = None, stopping: threading.Event | None = None
) -> int:
    """Run every job that waits, and those whose worker died; return how many were run.

    Args:
        clock: gives the time of each step; without it ``now`` stands still.
        stopping: when it is set, the running job goes back into the queue and no other is begun.

    Any number of workers may do so at once. Commits its own steps: called at the edge only.
    """
    tick = clock or (lambda: now)
    ran = 0
    stopping = stopping or threading.Event()
    while not stopping.is_set() and (job := _claim_next(tick())) is not None:
        _run(JobRun(job, db.engine, tick, stopping), job)
        ran += 1
    return ran


def has_due_jobs(now: datetime) -> bool:
    """Say whether a worker would find something to run."""
    with reading():
        found = db.session.scalar(select(Job.id).where(_due(now)).limit(1)) is not None
        db.session.rollback()
    return found


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(Job.state == JobState.QUEUED, and_(Job.state == JobState.RUNNING, Job.lease_until < now))


def _claim_next(now: datetime) -> Job | None:
    """Take the oldest due job by one conditional UPDATE; None when there is none left."""
    while True:
        with reading():
            job_id = db.session.scalar(select(Job.id).where(_due(now)).order_by(Job.id).limit(1))
            db.session.rollback()
        if job_id is None:
            return None
        claimed = (
            update(Job)
            .where(Job.id == job_id, _due(now))
            .values(
                state=JobState.RUNNING, attempts=Job.attempts + 1, lease_until=now + LEASE, started_at=now, message=None
            )
        )
        won = _rowcount(claimed) == 1
        db.session.commit()
        if won:
            return db.session.get_one(Job, job_id, populate_existing=True)


def _run(run: JobRun, job: Job) -> None:
    kind, attempts, cancelled = kind_of(job.kind), job.attempts, job.cancel_requested
    job_kind = job.kind
    db.session.rollback()
    if cancelled:
        _finish(run, JobState.CANCELLED)
    elif kind is None:
        _finish(run, JobState.FAILED, message=f"Nothing here can do a job of the kind {job_kind}.")
    elif attempts > MOST_ATTEMPTS:
        _finish(run, JobState.FAILED, message=f"The job stopped its worker {MOST_ATTEMPTS} times and was given up.")
    else:
        _handle(run, kind)


def _handle(run: JobRun, kind: JobKind) -> None:
    try:
        with run:
            kind.handler(run)
    except JobCancelled:
        db.session.rollback()
        _finish(run, JobState.CANCELLED)
    except JobInterrupted:
        db.session.rollback()
        _put_back(run)
    except DomainError as error:
        db.session.rollback()
        _finish(run, JobState.FAILED, message=error.message)
    except Exception:  # the boundary: whatever a handler does, its job ends with a state
        logger.exception("job %s failed", run.job_id)
        db.session.rollback()
        _finish(run, JobState.FAILED, message="Something went wrong in the system. What was finished before is kept.")
    else:
        _finish(run, JobState.DONE, message=run.message)


def _put_back(run: JobRun) -> None:
    """Queue the job again; a try that the worker itself broke off does not count."""
    values = {"state": JobState.QUEUED, "lease_until": None, "attempts": Job.attempts - 1}
    _rowcount(update(Job).where(*run.ours()).values(values))
    db.session.commit()


def _finish(run: JobRun, state: JobState, *, message: str | None = None) -> None:
    """Close the job, together with the handler's last changes and its result.

    A try that lost its job to another worker leaves no trace.
    """
    values: dict[str, Any] = {**run.progress(), "state": state, "message": message, "finished_at": run.now()}
    if state is JobState.DONE and run.result is not None:
        result = store_path(
            run.result.path,
            name=run.result.name,
            content_type=run.result.content_type,
            owner_id=run.owner_id,
            now=run.now(),
        )
        values["result_upload_id"] = result.id
    if _rowcount(update(Job).where(*run.ours()).values(lease_until=None, **values)) == 1:
        db.session.commit()
    else:
        db.session.rollback()


def _rowcount(statement: Any) -> int:  # Any: an UPDATE of any shape
    result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)
