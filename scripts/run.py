"""Run the whole system on this machine: database, demo data, web server and worker, until Ctrl-C.

``make run`` calls it; it needs nothing but the packages in ``.venv``. The first start loads the
demonstration, later ones keep what is there. ``--reset`` (``make demo-reset``) only forgets a
demonstration and loads it anew.
"""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [str(Path(sys.executable).with_name("gtn-events"))]
HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 10
OFTEN = 0.3


class Asked:
    """What the handler of signals notes.

    It raises nothing: an exception in the wrong moment is lost, or a child is. And it takes no lock: a
    ``threading.Event`` would wait for ever for the one that ``wait`` holds in the very code it interrupts.
    """

    to_stop = False


def main() -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="forget the demonstration, load it anew and end")
    arguments = parser.parse_args()
    if not port_is_free(arguments.port):
        return refuse(f"Port {arguments.port} is in use. Choose another one: make run PORT={arguments.port + 1}")
    instance = Path(os.environ.get("GTN_INSTANCE_DIR", ROOT / "instance")).resolve()
    accounts = instance / "demo-accounts.txt"  # written when the demonstration is complete
    environment = settings(instance, arguments.port)
    if not arguments.reset:
        return serve(environment, arguments.port, accounts)
    if not accounts.exists() and any(instance.glob("*")):
        return refuse(f"{instance} holds no whole demonstration; delete it by hand if it may go.")
    shutil.rmtree(instance, ignore_errors=True)
    prepare(environment, accounts)
    print("The demonstration is as new. Start it: make run")
    return 0


def refuse(text: str) -> int:
    """Say why nothing was done."""
    print(text, file=sys.stderr)
    return 1


def port_is_free(port: int) -> bool:
    """Say whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def settings(instance: Path, port: int) -> dict[str, str]:
    """Return the environment of the children; what the caller has set wins."""
    return {
        "GTN_BASE_URL": f"http://{HOST}:{port}",
        "GTN_DEMO": "1",
        "GTN_DEVELOPMENT": "1",
        # Homebrew's libraries are not where the loader of macOS looks.
        "DYLD_FALLBACK_LIBRARY_PATH": "/opt/homebrew/lib:/usr/local/lib:/usr/lib",
        **os.environ,
        "GTN_INSTANCE_DIR": str(instance),
    }


def prepare(environment: dict[str, str], accounts: Path) -> None:
    """Make the database and load the demonstration, unless it was loaded whole before."""
    if accounts.exists():
        return
    print("Loading the demonstration ...", flush=True)
    gtn("demo", "load", "--upgrade", environment=environment)
    accounts.write_text(gtn("demo", "accounts", environment=environment), "utf-8")


def gtn(*arguments: str, environment: dict[str, str]) -> str:
    """Run one command to its end and return what it printed; stop everything when it fails or somebody asks for it."""
    with subprocess.Popen([*COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, text=True) as process:
        while True:
            try:
                printed, _ = process.communicate(timeout=OFTEN)
                break
            except subprocess.TimeoutExpired:
                if Asked.to_stop:
                    process.terminate()
    if Asked.to_stop:
        sys.exit("\nStopped.")
    if process.returncode:
        sys.exit(f"gtn-events {' '.join(arguments)} failed.")
    return printed


def serve(environment: dict[str, str], port: int, accounts: Path) -> int:
    """Run web server and worker until one ends or the person stops them."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note_request)
    children: list[subprocess.Popen[bytes]] = []
    try:
        prepare(environment, accounts)
        # The server itself brings an older database up to date: another process for it would double the waiting.
        web = subprocess.Popen([*COMMAND, "serve", "--upgrade", "--host", HOST, "--port", str(port)], env=environment)
        children.append(web)
        wait_for_answer(f"http://{HOST}:{port}/healthz", web)
        children.append(subprocess.Popen([*COMMAND, "worker"], env=environment))
        print(f"\n{accounts.read_text('utf-8').rstrip()}\n")
        print(f"Mails are not sent; they stand on {environment['GTN_BASE_URL']}/demo/mails")
        print(f"GTN Events runs at {environment['GTN_BASE_URL']} - stop it with Ctrl-C.\n", flush=True)
        wait_until_asked(children, often=OFTEN)
        if not Asked.to_stop:
            return refuse("One of the two processes ended, so the other one is stopped too.")
        print("\nStopping ...", flush=True)
        return 0
    finally:
        stop(children)


def note_request(*_: object) -> None:
    """Note that somebody wants the system to end (SIGTERM, SIGINT)."""
    Asked.to_stop = True


def wait_until_asked(children: list["subprocess.Popen[bytes]"], often: float) -> None:
    """Return when somebody wants the system to end, or when a process ended by itself; look every ``often`` seconds."""
    while all(child.poll() is None for child in children) and not Asked.to_stop:
        time.sleep(often)


def wait_for_answer(address: str, web: subprocess.Popen[bytes]) -> None:
    """Return when the web server answers, or has ended, or takes too long."""
    end = time.monotonic() + SECONDS_TO_ANSWER
    while web.poll() is None and time.monotonic() < end and not Asked.to_stop:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.05)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the processes to end, then insist."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
