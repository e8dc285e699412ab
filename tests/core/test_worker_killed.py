"""Workers are killed in the middle of jobs and mails: nothing is lost, nothing is doubled."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.jobs import Job, JobState, enqueue_job
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.outbox.message import message_id
from tests import databases
from tests.core.samples import make_mail, sample_templates
from tests.core.smtp_sink import smtp_sink
from tests.core.worker_process import ITEMS

ROOT = Path(__file__).resolve().parents[2]
MAILS = 80
JOBS = ("a", "b", "c")
KILL_AT = (10, 40, 70, 110, 150)
PATIENCE = 240.0


@pytest.fixture
def variables(new_database: Callable[[], str], tmp_path: Path) -> dict[str, str]:
    """The environment of the workers, without the mail server."""
    return {
        "GTN_INSTANCE_DIR": str(tmp_path),
        "GTN_SECRET_KEY": "a key for tests only",
        "GTN_SEALING_KEYS": databases.SEALING_KEYS,
        "GTN_DATABASE_URL": new_database(),
        "GTN_JOBS_URL": f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
    }


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_double_nothing(
    variables: dict[str, str], now: datetime, tmp_path: Path
) -> None:
    with smtp_sink() as sink:
        variables["GTN_MAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        settings = databases.settings_on(
            variables["GTN_DATABASE_URL"], instance=tmp_path, GTN_MAIL_URL=variables["GTN_MAIL_URL"]
        )
        app = create_app(settings)
        with app.app_context(), sample_templates(app):
            _fill(now)
            with working(variables) as workers:
                for victim, count in enumerate(KILL_AT):
                    wait_until(lambda count=count: len(sink.taken) >= count)  # type: ignore[misc]  # bound at once
                    workers.kill(victim % 2)
                wait_until(_all_settled)
            states = {mail.key: mail.state for mail in db.session.scalars(select(OutboxMail))}
            jobs = [(job.state, job.done) for job in db.session.scalars(select(Job))]
            base_url = settings.base_url
            close_database()
    ids = {message_id(key, base_url): state for key, state in states.items()}
    assert jobs == [(JobState.DONE, ITEMS)] * len(JOBS)
    assert len(states) == MAILS + len(JOBS) * ITEMS
    assert set(states.values()) <= {MailState.SENT, MailState.UNCERTAIN}
    assert len(sink.taken) == len(set(sink.taken))
    assert {each for each, state in ids.items() if state is MailState.SENT} <= set(sink.taken)
    # A worker's threads can each be in the middle of one hand-over when it is killed.
    assert list(states.values()).count(MailState.UNCERTAIN) <= 3 * len(KILL_AT)


def _fill(now: datetime) -> None:
    Base.metadata.create_all(db.engine)
    for number in range(MAILS):
        make_mail(f"mail:{number}", now=now)
    for name in JOBS:
        enqueue_job("announce", title=name, params={"name": name}, actor=None, now=now)
    db.session.commit()


def _all_settled() -> bool:
    open_mail = (MailState.QUEUED, MailState.CLAIMED, MailState.SENDING)
    open_jobs = (JobState.QUEUED, JobState.RUNNING)
    mails = db.session.scalar(select(func.count()).where(OutboxMail.state.in_(open_mail)))
    jobs = db.session.scalar(select(func.count()).where(Job.state.in_(open_jobs)))
    db.session.rollback()
    return mails == 0 and jobs == 0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the workers did not get there in time"
        time.sleep(0.01)


class Workers:
    """Two worker processes; a killed one is replaced at once."""

    def __init__(self, variables: dict[str, str], lease: int) -> None:
        self.variables = {**os.environ, **variables}
        self.command = [sys.executable, "-m", "tests.core.worker_process", "0.3", str(lease)]
        self.processes = [self._start(), self._start()]

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.command, cwd=ROOT, env=self.variables, stderr=subprocess.DEVNULL)

    def kill(self, index: int) -> None:
        self.end(self.processes[index])
        self.processes[index] = self._start()

    def end(self, process: "subprocess.Popen[bytes]") -> None:
        process.kill()
        process.wait()


@contextmanager
def working(variables: dict[str, str], *, lease: int = 5) -> Iterator[Workers]:
    """Run two workers; what one held when it was killed is free after so many seconds."""
    workers = Workers(variables, lease)
    try:
        yield workers
    finally:
        for process in workers.processes:
            workers.end(process)


def close_database() -> None:
    db.session.remove()
    db.engine.dispose()
