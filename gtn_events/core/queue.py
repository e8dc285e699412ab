"""The queue: it only says "look"; what there is to do stands in the tables."""

import logging
import sqlite3
import sys
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from gtn_events.config import ConfigError, Settings

from . import clock, wake
from .jobs import run_due_jobs
from .later import loaded_later
from .outbox import deliver_due_mail

# Only a queue on PostgreSQL needs the driver, which is larger than all of huey.
with loaded_later("psycopg"):
    from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
    from huey.exceptions import ConfigurationError, HueyException

logger = logging.getLogger(__name__)

NAME = "gtn"
ENOUGH_WAKES = 20
EXTENSION = "gtn-queue"
AWAY: tuple[type[Exception], ...] = (OSError, sqlite3.Error, HueyException)
with suppress(ImportError):  # an extra package
    from redis import RedisError

    AWAY = (*AWAY, RedisError)


class Queue:
    """The huey of one application, opened when it is first needed (in gunicorn that is after the fork)."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.job_slots = threading.Semaphore(1)
        self._opening = threading.Lock()
        self._huey: Huey | None = None

    @property
    def huey(self) -> Huey:
        """The queue itself."""
        with self._opening:
            if self._huey is None:
                settings: Settings = self.app.config["SETTINGS"]
                self._huey = open_huey(settings.jobs_url)
                self._look = self._huey.task(name="look")(self.look)
            return self._huey

    def ring(self, what: str) -> bool:
        """Ask a worker to look at ``what``; return whether the queue could be reached.

        One that could not is left to the sweep of the workers.
        """
        try:
            # When nobody listens the wakes would pile up; a few say as much as thousands.
            if self.huey.storage.queue_size() < ENOUGH_WAKES:
                self._look(what)
        except away() as error:
            logger.warning("the queue cannot be reached, the sweep will find the work: %s", error)
            return False
        return True

    def look(self, what: str) -> None:
        """Do what is due; runs in a worker's thread, or in its sweep while the queue is away."""
        with self.app.app_context():
            if what == "mail":
                deliver_due_mail(clock.now(), clock=clock.now, stopping=self.stopping)
            elif self.job_slots.acquire(blocking=False):
                # One thread less than there are runs long jobs, so that mail never waits for them.
                try:
                    run_due_jobs(clock.now(), clock=clock.now, stopping=self.stopping)
                finally:
                    self.job_slots.release()


def away() -> tuple[type[Exception], ...]:
    """Return what a queue raises that cannot be reached; of drivers, only of those that are loaded."""
    psycopg = sys.modules.get("psycopg")
    return (*AWAY, psycopg.Error) if psycopg else AWAY


def open_huey(url: str) -> Huey:
    """Return the queue behind an address.

    Raises:
        ConfigError: the address is none that is known, or its driver is not installed.
    """
    scheme = urlsplit(url).scheme.partition("+")[0]
    try:
        if scheme == "sqlite":
            path = Path("/" + urlsplit(url).path.lstrip("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            return SqliteHuey(NAME, filename=str(path), results=False, timeout=20)
        if scheme in {"postgresql", "postgres"}:
            return PostgresHuey(NAME, dsn="postgresql" + url[url.index("://") :], results=False)
        if scheme in {"redis", "rediss"}:
            return RedisHuey(NAME, url=url, results=False)
    except ConfigurationError as error:
        raise ConfigError(f"GTN_JOBS_URL: {error}") from error
    if scheme == "memory":
        return MemoryHuey(NAME, results=False)
    raise ConfigError("GTN_JOBS_URL must start with sqlite:///, postgresql://, redis:// or memory:.")


def init_app(app: Flask) -> None:
    """Connect the wakes of committed transactions to this application's queue."""
    queue = app.extensions[EXTENSION] = Queue(app)
    wake.init_app(app, queue.ring)
