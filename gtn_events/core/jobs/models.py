"""Long work: one row a job is the truth, the queue only says "look"."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model
from ..permissions import Scope


class JobState(StrEnum):
    """Where a job stands; RUNNING with an ended lease is taken up again by the sweep."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Model):
    """A piece of long work with its progress, its cancel mark and its result."""

    __tablename__ = "core_job"
    __table_args__ = (Index("ix_core_job_due", "state", "lease_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    scope_kind: Mapped[str | None] = mapped_column(String(30))
    scope_id: Mapped[int | None]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    failures: Mapped[list[Any]] = mapped_column(default=list)
    message: Mapped[str | None] = mapped_column(Text)
    result_upload_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)

    @property
    def scope(self) -> Scope | None:
        """The thing the job works for, None for the site."""
        return Scope(self.scope_kind, self.scope_id) if self.scope_kind and self.scope_id is not None else None

    @property
    def back(self) -> tuple[str, str] | None:
        """Name and address of the page where the job was asked for, None when it was no page."""
        name, address = self.params.get("back") or ("", "")
        return (name, address) if address else None

    @property
    def is_over(self) -> bool:
        """True when nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class PeriodicRun(Model):
    """When a periodic task is due next; whoever moves the time on runs it."""

    __tablename__ = "core_periodic_run"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    due_at: Mapped[datetime]
