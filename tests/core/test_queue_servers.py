"""Redis and PostgreSQL as the queue: they wake a worker in another process, and their absence loses nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.app import create_app
from gtn_events.core import clock
from gtn_events.core.db import Base, db
from gtn_events.core.jobs import Job, JobState, enqueue_job
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.queue import EXTENSION
from tests import databases
from tests.core.queue_servers import PostgresqlServer, QueueServer, RedisServer
from tests.core.samples import make_mail, sample_templates
from tests.core.worker_process import ITEMS
from tests.load.processes import Processes, processes, wait_until

NEVER = 86_400.0
OFTEN = 0.3

pytestmark = pytest.mark.slow


@pytest.fixture(params=["redis", "postgresql"])
def server(request: pytest.FixtureRequest, new_database: Callable[[], str], tmp_path: Path) -> Iterator[QueueServer]:
    """The server that carries the queue."""
    made: QueueServer = RedisServer(tmp_path) if request.param == "redis" else PostgresqlServer(new_database())
    yield made
    made.take_away()


@pytest.fixture
def environment(server: QueueServer, new_database: Callable[[], str], tmp_path: Path) -> dict[str, str]:
    """The ``GTN_...`` variables of the workers."""
    return {
        "GTN_INSTANCE_DIR": str(tmp_path),
        "GTN_SECRET_KEY": "a key for tests only",
        "GTN_DATABASE_URL": new_database(),
        "GTN_JOBS_URL": server.url,
        "GTN_MAIL_URL": "file:",
    }


@pytest.fixture
def site(environment: dict[str, str], tmp_path: Path) -> Iterator[Flask]:
    """The application that gives the workers work, in its context."""
    settings = databases.settings_on(
        environment["GTN_DATABASE_URL"], instance=tmp_path, GTN_JOBS_URL=environment["GTN_JOBS_URL"]
    )
    app = create_app(settings)
    with app.app_context(), sample_templates(app):
        Base.metadata.create_all(db.engine)
        yield app
        app.extensions[EXTENSION].huey.storage.close()
        db.session.remove()
        db.engine.dispose()


def test_worker_is_woken_through_the_queue(site: Flask, environment: dict[str, str]) -> None:
    with worker(environment, sweep_every=NEVER):
        add_work("first", now=clock.now())
        wait_until(lambda: done() == {"first"})


def test_work_is_done_while_the_queue_is_away_and_after_it_came_back(
    site: Flask, server: QueueServer, environment: dict[str, str]
) -> None:
    with worker(environment, sweep_every=OFTEN):
        add_work("before", now=clock.now())
        server.take_away()
        add_work("without", now=clock.now())
        wait_until(lambda: done() == {"before", "without"})
        server.bring_back()
        add_work("after", now=clock.now())
        wait_until(lambda: done() == {"before", "without", "after"})
    assert Counter(mail_states()) == {MailState.SENT: 3 * (ITEMS + 1)}


@contextmanager
def worker(environment: dict[str, str], *, sweep_every: float) -> Iterator[Processes]:
    """A worker that has started and found nothing to do."""
    with processes(environment) as started:
        started.start(["-m", "tests.core.worker_process", str(sweep_every)])
        wait_until(lambda: "worker started" in started.logs())
        yield started


def add_work(name: str, *, now: datetime) -> None:
    """Commit one mail, and one job that writes mails."""
    make_mail(f"mail:{name}", now=now)
    enqueue_job("announce", title=name, params={"name": name}, actor=None, now=now)
    db.session.commit()


def done() -> set[str]:
    """Return the names of what is done: the job, its mails and the mail beside it."""
    jobs = set(db.session.scalars(select(Job.title).where(Job.state == JobState.DONE)))
    open_mail = db.session.scalar(select(func.count()).where(OutboxMail.state != MailState.SENT))
    db.session.rollback()
    return jobs if open_mail == 0 else set()


def mail_states() -> list[MailState]:
    return list(db.session.scalars(select(OutboxMail.state)))
