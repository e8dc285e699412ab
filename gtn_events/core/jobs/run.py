"""What a handler holds: parameters, progress, cancel mark, result."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError

from ..db import reading
from .models import Job, JobState
from .registry import JobCancelled, JobInterrupted

LEASE = timedelta(seconds=60)
BEAT_SECONDS = 1.0
CHECK_SECONDS = 0.5
MOST_FAILURES_KEPT = 200


@dataclass(frozen=True)
class Result:
    """A file that the handler made and the job will offer for download."""

    name: str
    content_type: str
    path: Path


class JobRun:
    """One try at one job.

    Progress is counted in memory and written by a thread of its own on a connection of
    its own: the handler may hold a long write transaction (on SQLite the only one)
    without standing in its own way.
    """

    def __init__(
        self, job: Job, engine: Engine, clock: Callable[[], datetime], stopping: threading.Event | None = None
    ) -> None:
        self.job_id = job.id
        self.params: dict[str, Any] = dict(job.params)
        self.owner_id = job.created_by_id
        self.scope = job.scope
        self.attempt = job.attempts
        self.total: int | None = None
        self.done = 0
        self.failures: list[str] = []
        self.result: Result | None = None
        self.message: str | None = None
        self._engine = engine
        self._clock = clock
        self._stopping = stopping or threading.Event()
        self._checked_at = float("-inf")
        self._lost = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job.id}", daemon=True)

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""
        return self._clock()

    def set_total(self, total: int) -> None:
        """Say how many items there are, for the progress bar."""
        self.total = total

    def advance(self, count: int = 1) -> None:
        """Say that items are finished."""
        self.done += count

    def fail_item(self, text: str) -> None:
        """Note what went wrong with one item; the job goes on and shows the list."""
        if len(self.failures) < MOST_FAILURES_KEPT:
            self.failures.append(text)

    def remark(self, text: str) -> None:
        """Say something of the whole on the job's page when it is done."""
        self.message = text

    def save_result(self, name: str, content_type: str, path: Path) -> None:
        """Offer a finished file for download; it is moved into the store when the handler returns."""
        self.result = Result(name, content_type, path)

    def check_cancelled(self) -> None:
        """Stop here if somebody asked for it; cheap enough for every item.

        Raises:
            JobCancelled: the job was cancelled, or belongs to another worker by now.
            JobInterrupted: the worker is about to stop.
        """
        if self._stopping.is_set():
            raise JobInterrupted
        if not self._lost and time.monotonic() - self._checked_at >= CHECK_SECONDS:
            self._checked_at = time.monotonic()
            statement = select(Job.cancel_requested).where(*self.ours())
            with reading(), self._engine.connect() as connection:
                self._lost = connection.scalar(statement) is not False
        if self._lost:
            raise JobCancelled

    def ours(self) -> tuple[Any, ...]:  # Any: SQL conditions
        """Return the conditions under which this try still owns the row."""
        return (Job.id == self.job_id, Job.state == JobState.RUNNING, Job.attempts == self.attempt)

    def progress(self) -> dict[str, Any]:
        """Return the columns that show how far the job is."""
        return {"total": self.total, "done": self.done, "failures": list(self.failures)}

    def __enter__(self) -> "JobRun":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        """Write the progress and prolong the lease while the handler works."""
        while not self._stop.wait(BEAT_SECONDS):
            statement = update(Job).where(*self.ours()).values(lease_until=self._clock() + LEASE, **self.progress())
            try:
                with self._engine.begin() as connection:
                    connection.execute(statement)
            except OperationalError:
                # The handler holds SQLite's write lock longer than the busy time-out; the next beat tells.
                continue
