"""A job is done once, says how far it is, stops when asked, and survives its worker."""

import threading
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import (
    Job,
    JobRun,
    JobState,
    cancel_job,
    enqueue_job,
    job_handler,
    periodic,
    registry,
    rounds,
    run_due_jobs,
    run_due_periodic_tasks,
)
from gtn_events.core.seats import SeatPool
from gtn_events.core.uploads import Upload, upload_path

pytestmark = pytest.mark.usefixtures("database")
OWNER = SimpleNamespace(id=5)


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr("gtn_events.core.jobs.rounds._tasks", {})


def make_job(now: datetime, *, kind: str = "sample", unique_key: str | None = None) -> Job:
    job = enqueue_job(kind, title="Sample", params={"n": 3}, actor=OWNER, now=now, unique_key=unique_key)
    db.session.commit()
    return job


def pools() -> int:
    return db.session.scalar(select(func.count()).select_from(SeatPool)) or 0


def test_job_counts_its_items_and_keeps_what_failed(now: datetime) -> None:
    @job_handler("sample")
    def handler(job: JobRun) -> None:
        job.set_total(job.params["n"])
        for number in range(job.params["n"]):
            job.check_cancelled()
            if number == 1:
                job.fail_item("Item 1 has no name.")
            job.advance()

    job = make_job(now)
    assert run_due_jobs(now) == 1
    db.session.refresh(job)
    assert (job.state, job.total, job.done, job.failures) == (JobState.DONE, 3, 3, ["Item 1 has no name."])
    assert (job.started_at, job.finished_at, job.lease_until) == (now, now, None)


def test_result_belongs_to_the_owner_and_is_moved_into_the_store(now: datetime, tmp_path: Path) -> None:
    @job_handler("sample")
    def handler(job: JobRun) -> None:
        path = tmp_path / "out.txt"
        path.write_text("done")
        job.save_result("名簿.txt", "text/plain", path)

    job = make_job(now)
    run_due_jobs(now)
    db.session.refresh(job)
    result = db.session.get_one(Upload, job.result_upload_id)
    assert (result.name, result.owner_id, upload_path(result).read_text()) == ("名簿.txt", 5, "done")
    assert not (tmp_path / "out.txt").exists()


def test_what_the_handler_left_uncommitted_is_committed_with_its_end(now: datetime) -> None:
    @job_handler("sample")
    def handler(job: JobRun) -> None:
        db.session.add(SeatPool(label="made by the job", capacity=1, created_at=job.now()))

    make_job(now)
    run_due_jobs(now)
    db.session.rollback()
    assert pools() == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (DomainError("The forum is closed."), "The forum is closed."),
        (
            RuntimeError("secret detail"),
            "Something went wrong in the system. What was finished before is kept.",
        ),
    ],
)
def test_job_that_raises_is_failed_and_leaves_nothing_half_written(
    now: datetime, error: Exception, message: str
) -> None:
    @job_handler("sample")
    def handler(job: JobRun) -> None:
        db.session.add(SeatPool(label="half", capacity=1, created_at=job.now()))
        db.session.flush()
        raise error

    job = make_job(now)
    run_due_jobs(now)
    db.session.refresh(job)
    assert (job.state, job.message, pools()) == (JobState.FAILED, message, 0)


def test_cancel_of_a_waiting_job_is_at_once(now: datetime) -> None:
    job = make_job(now)
    cancel_job(job, now=now)
    db.session.commit()
    assert (job.state, run_due_jobs(now)) == (JobState.CANCELLED, 0)


def test_cancel_of_a_running_job_stops_it_at_its_next_check(now: datetime) -> None:
    seen: list[int] = []

    @job_handler("sample")
    def handler(job: JobRun) -> None:
        seen.append(1)
        db.session.execute(update(Job).values(cancel_requested=True))
        db.session.commit()
        job.check_cancelled()
        seen.append(2)

    job = make_job(now)
    run_due_jobs(now)
    db.session.refresh(job)
    assert (job.state, seen) == (JobState.CANCELLED, [1])


def test_same_unique_key_gives_the_same_job(now: datetime) -> None:
    assert make_job(now, unique_key="zip:7").id == make_job(now, unique_key="zip:7").id


def test_kind_without_handler_fails_with_its_name(now: datetime) -> None:
    job = make_job(now, kind="unknown")
    run_due_jobs(now)
    db.session.refresh(job)
    assert job.message == "Nothing here can do a job of the kind unknown."


def test_job_of_a_dead_worker_is_run_again_after_its_lease(now: datetime) -> None:
    runs: list[int] = []
    job_handler("sample")(lambda job: runs.append(job.attempt))
    job = make_job(now)
    job.state, job.attempts, job.lease_until = JobState.RUNNING, 1, now + timedelta(seconds=60)
    db.session.commit()
    assert run_due_jobs(now) == 0
    assert run_due_jobs(now + timedelta(seconds=61)) == 1
    assert runs == [2]


def test_job_that_stopped_its_worker_three_times_is_given_up(now: datetime) -> None:
    job_handler("sample")(lambda _job: None)
    job = make_job(now)
    job.state, job.attempts, job.lease_until = JobState.RUNNING, 3, now - timedelta(seconds=1)
    db.session.commit()
    run_due_jobs(now)
    db.session.refresh(job)
    assert (job.state, job.message) == (JobState.FAILED, "The job stopped its worker 3 times and was given up.")


def test_try_that_lost_its_job_to_another_worker_leaves_no_trace(now: datetime) -> None:
    @job_handler("sample")
    def handler(job: JobRun) -> None:
        db.session.execute(update(Job).values(attempts=Job.attempts + 1))
        db.session.commit()
        db.session.add(SeatPool(label="late", capacity=1, created_at=job.now()))

    job = make_job(now)
    run_due_jobs(now)
    db.session.refresh(job)
    assert (job.state, job.attempts, pools()) == (JobState.RUNNING, 2, 0)


def test_worker_that_stops_puts_its_job_back(now: datetime) -> None:
    stopping = threading.Event()

    @job_handler("sample")
    def handler(job: JobRun) -> None:
        stopping.set()
        job.check_cancelled()

    job = make_job(now)
    run_due_jobs(now, stopping=stopping)
    db.session.refresh(job)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_progress_is_seen_while_the_handler_holds_a_write_transaction(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtn_events.core.jobs.run.BEAT_SECONDS", 0.02)
    committed = threading.Event()

    @job_handler("sample")
    def handler(job: JobRun) -> None:
        db.session.add(SeatPool(label="long", capacity=1, created_at=job.now()))
        db.session.flush()
        job.set_total(10)
        job.advance(4)
        committed.wait(0.1)
        db.session.commit()
        for _ in range(100):
            committed.wait(0.02)
            if db.session.scalar(select(Job.done)) == 4:
                job.fail_item("seen")
                break
            db.session.rollback()

    job = make_job(now)
    run_due_jobs(now)
    db.session.refresh(job)
    assert (job.state, job.failures) == (JobState.DONE, ["seen"])


def test_periodic_task_runs_once_per_due_time(now: datetime) -> None:
    ran: list[datetime] = []
    periodic(seconds=60)(ran.append)
    for seconds in (0, 30, 59, 60, 61):
        run_due_periodic_tasks(now + timedelta(seconds=seconds))
    assert ran == [now, now + timedelta(seconds=60)]


def test_periodic_task_of_two_workers_runs_once(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "task"
    assert rounds._take(name, None, now) is True
    assert rounds._take(name, None, now) is False
    later = now + timedelta(seconds=60)
    assert rounds._take(name, now, later) is True
    assert rounds._take(name, now, later) is False


def test_periodic_task_that_fails_does_not_stop_the_others(now: datetime) -> None:
    ran: list[datetime] = []

    def explode(_now: datetime) -> None:
        raise RuntimeError("no")

    periodic(seconds=60)(explode)
    periodic(seconds=60)(ran.append)
    run_due_periodic_tasks(now)
    assert ran == [now]
