"""Long work that only reads keeps nobody from writing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from gtn_events.core.db import db, is_reading, set_reading
from gtn_events.core.jobs import Job, JobState, enqueue_job, run_due_jobs
from gtn_events.core.seats import SeatPool
from gtn_events.forum import badge_job, booklet_job, list_jobs
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration
from tests.factories import make_account, make_category, make_forum, make_registration

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def forum() -> Forum:
    forum = make_forum()
    make_registration(make_category(forum), make_account())
    return forum


def and_meanwhile_write(work: Callable[..., Any], now: datetime) -> Callable[..., Any]:
    """Return a function that does the work, and before it writes as another person would, without patience."""

    def both(*arguments: Any, **named: Any) -> Any:
        reads = is_reading()
        set_reading(False)  # the other person is no reader
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.rollback()
                connection.connection.execute("PRAGMA busy_timeout=0")
            connection.execute(insert(SeatPool).values(label="other", capacity=1, taken=0, created_at=now))
            connection.commit()
            connection.invalidate()
        set_reading(reads)
        return work(*arguments, **named)

    return both


def run(kind: str, forum: Forum, now: datetime, **params: Any) -> Job:
    job = enqueue_job(kind, title="Work", params={"forum_id": forum.id, **params}, actor=None, now=now)
    db.session.commit()
    run_due_jobs(now)
    db.session.refresh(job)
    return job


def test_while_a_booklet_is_drawn(forum: Forum, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booklet_job, "programme_booklet", and_meanwhile_write(lambda _forum, _choice: b"%PDF-", now))
    job = run("forum.booklet", forum, now)
    assert (job.state, job.message) == (JobState.DONE, None)


def test_while_a_workbook_is_written(forum: Forum, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_jobs, "xlsx_file", and_meanwhile_write(list_jobs.xlsx_file, now))
    job = run("forum.registrations_export", forum, now, list="", answers=False, sensitive=False)
    assert (job.state, job.message, job.done) == (JobState.DONE, None, 1)


def test_while_badges_are_drawn(forum: Forum, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    make_registration(forum.categories[0], make_account("kim@firm.example"), RegistrationState.CONFIRMED)
    ids = [each.id for each in db.session.scalars(select(Registration))]
    monkeypatch.setattr(badge_job, "badges_pdf", and_meanwhile_write(lambda *_, **__: b"%PDF-", now))
    job = run("forum.badges", forum, now, ids=ids, paper="single", back=False, again=False, reason="")
    assert (job.state, job.message, job.done) == (JobState.DONE, None, 1)
