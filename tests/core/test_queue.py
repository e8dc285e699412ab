"""Workers are woken after a commit and only then; a queue that is away harms nobody."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from gtn_events.config import ConfigError
from gtn_events.core.db import db
from gtn_events.core.outbox import enqueue_mail
from gtn_events.core.queue import ENOUGH_WAKES, EXTENSION, Queue, open_huey
from gtn_events.core.wake import wake_after_commit
from tests.core.samples import ROSA, make_mail, sample_templates


@pytest.fixture
def rung(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the workers were asked to look at."""
    heard: list[str] = []
    monkeypatch.setitem(app.extensions, "gtn-ring", heard.append)
    with sample_templates(app):
        yield heard


def test_workers_are_woken_once_for_a_commit_with_many_mails(rung: list[str], now: datetime) -> None:
    wake_after_commit("mail")
    make_mail("one", now=now)
    assert rung == ["mail"]


def test_workers_are_not_woken_for_a_rollback_nor_by_the_next_commit(rung: list[str], now: datetime) -> None:
    enqueue_mail("one", "sample/hello", to=ROSA, context={"forum": "Bali"}, now=now)
    db.session.rollback()
    db.session.commit()
    assert rung == []


def test_workers_are_not_woken_when_a_savepoint_ends(rung: list[str]) -> None:
    wake_after_commit("jobs")
    with db.session.begin_nested():
        pass
    assert rung == []
    nested = db.session.begin_nested()
    nested.rollback()
    db.session.commit()
    assert rung == ["jobs"]


def test_held_mail_wakes_nobody(rung: list[str], now: datetime) -> None:
    make_mail("one", now=now, hold=True)
    assert rung == []


@pytest.mark.usefixtures("database")
def test_queue_that_is_away_does_not_harm_the_commit(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def __getattr__(self, name: str) -> object:
            raise ConnectionRefusedError("no queue")

    monkeypatch.setattr(Queue, "huey", Away())
    with sample_templates(app):
        mail = make_mail("one", now=now)
    assert mail.id is not None
    assert [record.getMessage() for record in caplog.records] == [
        "the queue cannot be reached, the sweep will find the work: no queue"
    ]


@pytest.mark.usefixtures("database")
def test_wakes_do_not_pile_up_when_nobody_listens(app: Flask) -> None:
    queue: Queue = app.extensions[EXTENSION]
    for _ in range(3 * ENOUGH_WAKES):
        queue.ring("mail")
    assert queue.huey.storage.queue_size() == ENOUGH_WAKES
    queue.huey.flush()


def test_queue_kinds_are_told_by_their_address(tmp_path: Path) -> None:
    assert type(open_huey(f"sqlite:///{tmp_path}/deep/jobs.sqlite3")).__name__ == "SqliteHuey"
    assert type(open_huey("memory:")).__name__ == "MemoryHuey"
    with pytest.raises(ConfigError):
        open_huey("amqp://broker")


@pytest.mark.usefixtures("database")
def test_postgresql_carries_the_queue(new_database: Callable[[], str]) -> None:
    url = new_database()
    if not url.startswith("postgresql"):
        pytest.skip("needs a PostgreSQL server")
    huey = open_huey(url)
    looked: list[str] = []
    look = huey.task(name="look")(looked.append)
    look("mail")
    huey.execute(huey.dequeue())
    huey.storage.close()
    assert looked == ["mail"]
