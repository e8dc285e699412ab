"""``make run``: whoever opens the page too early waits, and never meets a system that is half made."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 220
SECONDS_TO_STOP = 60
pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def system(port: int, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The system as ``make run`` starts it, on an empty folder."""
    command = [sys.executable, str(ROOT / "scripts" / "run.py"), "--port", str(port)]
    environment = {**os.environ, "GTN_INSTANCE_DIR": str(tmp_path / "instance")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        yield process
        process.kill()


def status_of(address: str) -> int | None:
    """Return the status of a page, None while nobody listens."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def test_first_page_of_the_first_start_is_whole_and_the_system_ends_when_asked(
    system: "subprocess.Popen[bytes]", port: int
) -> None:
    status, end = None, time.monotonic() + SECONDS_TO_START
    while status is None and system.poll() is None and time.monotonic() < end:
        status = status_of(f"http://127.0.0.1:{port}/")
        with contextlib.suppress(subprocess.TimeoutExpired):
            system.wait(0.05)
    assert status == 200
    system.terminate()  # while the worker is only just being started
    assert system.wait(SECONDS_TO_STOP) == 0


def test_the_handler_of_signals_waits_for_no_lock() -> None:
    """Signals in any moment of waiting: with an event instead of a flag, this program stood still for ever."""
    program = (
        "import random, runpy, signal, time\n"
        f"run = runpy.run_path({str(ROOT / 'scripts' / 'run.py')!r})\n"
        "asked = run['Asked']\n"
        "signal.signal(signal.SIGALRM, run['note_request'])\n"
        "end = time.monotonic() + 3\n"
        "while time.monotonic() < end:\n"
        "    asked.to_stop = False\n"
        "    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.0003, 0.0015))\n"
        "    run['wait_until_asked']([], often=0.0002)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=SECONDS_TO_STOP)
