"""Processes of the system as they run in production: web servers and workers, started, killed, asked."""

import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # only ends what hangs
GUNICORN = ("-m", "gunicorn", "gtn_events.app:create_app()", "--worker-class", "gthread", "--threads", "8")
# Below the ports that the system gives to others: nobody takes one between our look and the server's start.
PORTS = range(20_000, 32_000)
GTN_EVENTS = ("-c", "from gtn_events.cli import main; main()")


@dataclass
class Processes:
    """What was started on one instance; ``environment`` holds its ``GTN_...`` variables."""

    environment: dict[str, str]
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def serve(self) -> int:
        """Start one embedded web server and return its port."""
        port = free_port()
        self.start([*GTN_EVENTS, "serve", "--port", str(port)])
        return port

    def gunicorn(self, *, workers: int) -> tuple["subprocess.Popen[bytes]", int]:
        """Start gunicorn with that many worker processes; return its arbiter and the port."""
        port = free_port()
        # No control socket: it would lie in one folder for all instances of a user.
        command = [*GUNICORN, "--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        return self.start(command), port

    def start(self, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Start one Python process."""
        log = Path(self.environment["GTN_INSTANCE_DIR"]) / f"process-{len(self.running)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.running.append(process)
        return process

    def last_log(self) -> str:
        """Return what the process has said that was started last."""
        return (Path(self.environment["GTN_INSTANCE_DIR"]) / f"process-{len(self.running) - 1}.log").read_text("utf-8")

    def check(self) -> str:
        """Return what ``gtn-events check`` says."""
        return subprocess.run(
            [sys.executable, *GTN_EVENTS, "check"],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        ).stdout.strip()

    def logs(self) -> str:
        """Return what all processes have said."""
        folder = Path(self.environment["GTN_INSTANCE_DIR"])
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(folder.glob("process-*.log")))


@contextmanager
def processes(environment: dict[str, str]) -> Iterator[Processes]:
    """Offer processes that have all ended, with their children, when the block ends."""
    started = Processes(environment)
    try:
        yield started
    finally:
        for process in started.running:
            for child in children_of(process):
                child.kill()
            process.kill()
            process.wait()


def children_of(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    """Return the live processes that a process has started, the oldest first."""
    try:
        return sorted(psutil.Process(process.pid).children(recursive=True), key=lambda each: each.create_time())
    except psutil.NoSuchProcess:
        return []


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for_server(port: int) -> None:
    """Return when the server answers."""
    wait_until(lambda: _answers(port))


def wait_until(condition: Callable[[], bool]) -> None:
    """Return when the condition holds; fail when it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
