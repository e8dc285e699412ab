"""CPU of the programme booklet: ``python bench/booklet.py [SCHEDULE.xml]``.

The made-up programme with 75, 150, 300 and 600 sessions; with a file, the programme of that file as
well. "Drawn" is the booklet in a process that has drawn one before, as in the worker; "command", for the size
with a target, is ``gtn-events programme-pdf`` from its start to its end. CPU is user + system time.
"""

import argparse
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.models import Forum
from instance import ROOT  # noqa: F401  # puts the factories of the tests in reach
from rows import add_programme
from tests.factories import make_forum
from tests.load.people import open_forum
from tests.load.processes import GTN_EVENTS

NOW = datetime(2013, 4, 1, tzinfo=UTC)
SIZES = (75, 150, 300, 600)
MEASURED, TARGET = 300, 6.0
TIMES = 3  # at the size with a target


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of the programme booklet.")
    parser.add_argument("schedule", nargs="?", type=Path, help="a schedule.xml to print as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gtn-bench-") as folder:
        variables = {"GTN_INSTANCE_DIR": folder, "GTN_SECRET_KEY": "a key for benches only"}
        with create_app(load_settings(variables)).app_context():
            Base.metadata.create_all(db.engine)
            seed_economies(db.session())
            programme_booklet(small_forum())
            for count in SIZES:
                forum = open_forum(f"bench-{count}", seats=1, now=NOW)
                add_programme(forum, count)
                tell(forum, count, variables)
            if options.schedule:
                forum = make_forum("bench-schedule")
                schedule = read_schedule(options.schedule.read_bytes(), time_zone=forum.time_zone)
                count = apply_schedule(forum, schedule, actor=None, now=NOW).sessions
                db.session.commit()
                tell(forum, count, variables)
            db.session.remove()
            db.engine.dispose()


def tell(forum: Forum, count: int, variables: dict[str, str]) -> None:
    """Print one line about a forum's booklet."""
    slug = forum.slug
    seconds, pages = zip(*(drawing(forum) for _ in range(TIMES if count == MEASURED else 1)), strict=True)
    drawn = statistics.median(seconds)
    print(
        f"{count:4} sessions, {pages[0]:3} pages: drawn {drawn:5.2f} s ({1000 * drawn / count:.1f} ms each)", flush=True
    )
    if count != MEASURED:
        return
    db.session.commit()  # the command wants the database for itself
    whole = statistics.median(command(slug, variables) for _ in range(TIMES))
    verdict = "met" if max(drawn, whole) <= TARGET else "MISSED"
    print(f"      the command {whole:5.2f} s  (target {TARGET:g} s: {verdict})", flush=True)


def small_forum() -> Forum:
    """A programme to draw first: what a process does once (fonts, styles) is not measured."""
    forum = open_forum("bench-first", seats=1, now=NOW)
    add_programme(forum, 10)
    return forum


def drawing(forum: Forum) -> tuple[float, int]:
    """Return the CPU seconds of one booklet in this process, and how many pages it has."""
    before = time.process_time()
    data = programme_booklet(forum)
    seconds = time.process_time() - before
    return seconds, len(PdfReader(io.BytesIO(data)).pages)


def command(slug: str, variables: dict[str, str]) -> float:
    """Return the CPU seconds of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = Path(variables["GTN_INSTANCE_DIR"], f"{slug}.pdf")
    subprocess.run(
        [sys.executable, *GTN_EVENTS, "programme-pdf", slug, "-o", str(output)],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
