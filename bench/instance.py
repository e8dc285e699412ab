"""An instance to measure: a fresh database, the embedded server as a process of its own, and what it costs."""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the factories of the tests make the rows

from gtn_events.app import create_app  # noqa: E402
from gtn_events.core import clock  # noqa: E402
from gtn_events.core.db import Base, db  # noqa: E402
from gtn_events.core.economies import seed_economies  # noqa: E402
from tests import databases  # noqa: E402
from tests.load.processes import GTN_EVENTS, free_port, wait_for_server  # noqa: E402

MEBI = 2**20
AS_IN_PRODUCTION = {"MALLOC_ARENA_MAX": "1"}  # see docs/operations.md
# Packages that only the development environment has; libraries import them when they are there.
WITHOUT_TOOLS = "import sys; sys.modules.update(dict.fromkeys(('lxml', 'pygments', 'redis'))); "


@dataclass
class Cost:
    """CPU seconds (user + system) used so far by the web process and by the database's own processes."""

    web: float
    database: float


class Instance:
    """A running server and the data it has; ``now`` is the moment at which it was made."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, postgresql_folder: Path | None) -> None:
        self.process = psutil.Process(process.pid)
        self.port = port
        self.now: datetime = clock.now()
        self._postgresql_folder = postgresql_folder
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def cost(self) -> Cost:
        """Return the CPU used up to now."""
        return Cost(_cpu(self.process), sum(_cpu(each) for each in self._database_processes()))

    def resident(self) -> float:
        """Return how much memory the web process holds, MiB."""
        return float(self.process.memory_info().rss / MEBI)

    def ask(
        self,
        method: str,
        path: str,
        *,
        cookie: str = "",
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request over the one connection; return status, headers (names in small letters) and body."""
        sent = {"Cookie": cookie, "Accept-Encoding": "identity", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.headers.items()}, response.read()

    def _database_processes(self) -> list[psutil.Process]:
        if self._postgresql_folder is None:
            return []
        master = int((self._postgresql_folder / "postmaster.pid").read_text().splitlines()[0])
        return [psutil.Process(master), *psutil.Process(master).children(recursive=True)]


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser that knows ``--database``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database", choices=(databases.SQLITE, databases.POSTGRESQL), default=databases.SQLITE)
    return parser


@contextmanager
def instance(database: str, fill: Callable[[], None]) -> Iterator[Instance]:
    """Make a database, fill it within an application context, start the server on it; end and remove all of it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gtn-bench-")))
        url, postgresql_folder = f"sqlite:///{folder / 'gtn.sqlite3'}", None
        if database == databases.POSTGRESQL:
            url = stack.enter_context(contextmanager(databases.running_server)())
            postgresql_folder = Path(url.partition("host=")[2]) if "host=" in url else None
        variables = {
            "GTN_INSTANCE_DIR": str(folder),
            "GTN_SECRET_KEY": "a key for benches only",
            "GTN_DATABASE_URL": url,
            "GTN_JOBS_URL": f"sqlite:///{folder / 'jobs.sqlite3'}",
            "GTN_LOG_FORMAT": "text",
        }
        app = create_app(databases.settings_on(url, instance=folder, GTN_JOBS_URL=variables["GTN_JOBS_URL"]))
        stack.enter_context(app.app_context())
        stack.callback(db.engine.dispose)
        stack.callback(db.session.remove)
        Base.metadata.create_all(db.engine)
        seed_economies(db.session())
        db.session.commit()
        fill()
        db.session.commit()
        analyse()
        db.session.remove()
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-c", WITHOUT_TOOLS + GTN_EVENTS[1], "serve", "--port", str(port)],
            env={**os.environ, **variables, **AS_IN_PRODUCTION},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_for_server(port)
        yield Instance(process, port, postgresql_folder)


def analyse() -> None:
    """Let the database look at what it holds, as it does by itself after a while of use."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def costs_of(subject: Instance, act: Callable[[], object], *, times: int, groups: int = 7) -> tuple[float, float]:
    """Return the median CPU of one act, in ms, of the web process and of the database.

    The system counts CPU in steps of 10 ms, so acts are counted in groups; the first group warms up.
    """
    web, database = [], []
    for number in range(groups + 1):
        before = subject.cost()
        for _ in range(times):
            act()
        after = subject.cost()
        if number:
            web.append(1000 * (after.web - before.web) / times)
            database.append(1000 * (after.database - before.database) / times)
    return statistics.median(web), statistics.median(database)


def told(name: str, web: float, database: float, target: float | None = None) -> None:
    """Print one line of the result."""
    goal = f"  (target {target:g} ms: {'met' if web <= target else 'MISSED'})" if target is not None else ""
    print(f"{name:52} {web:7.1f} ms CPU, database {database:6.1f} ms{goal}", flush=True)


def wait_for_quiet(seconds: float = 0.5) -> None:
    """Let what the last act left behind (threads, caches) come to rest."""
    time.sleep(seconds)


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
