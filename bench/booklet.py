"""CPU of the programme booklet: ``python bench/booklet.py [SCHEDULE.xml]``.

The made-up programme with 75, 300 and 1,000 sessions, with everything that a booklet can hold: side events, venue,
sponsors with logos, notes, the index; with a file, the programme of that file as
well. "Drawn" is the booklet in a process that has drawn one before, as in the worker; "command", for the smaller size
with a target, is ``gtn-events programme-pdf`` from its start to its end. CPU is user + system time; the ratio is
between the two sizes with a target. "Memory" is the most that a fresh process held that drew that booklet alone.
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from werkzeug.datastructures import FileStorage

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, set_sponsor_logo
from gtn_events.forum.enums import SponsorLevel
from gtn_events.forum.models import Forum
from instance import ROOT  # noqa: F401  # puts the factories of the tests in reach
from rows import add_programme
from tests.factories import make_forum, make_side_event
from tests.load.people import open_forum
from tests.load.processes import GTN_EVENTS

NOW = datetime(2013, 4, 1, tzinfo=UTC)
SIZES = (75, 300, 1000)
TARGETS = {300: 5.0, 1000: 17.0}
LARGEST_RATIO, LARGEST_MEMORY = 3.7, 350
TIMES = 3  # at the sizes with a target
EACH = 12  # sponsors and side events
# In a small process between: Linux counts the memory of whoever starts a process as that of the process, and this one
# has drawn booklets.
MEASURE = """
import os, subprocess, sys
_pid, status, used = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(bool(status))
"""
PRACTICAL = "## Getting there\nBy **train** or ferry; all rooms are step-free.\n\n- coffee\n- water\n\n" * 4


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of the programme booklet.")
    parser.add_argument("schedule", nargs="?", type=Path, help="a schedule.xml to print as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gtn-bench-") as folder:
        variables = {"GTN_INSTANCE_DIR": folder, "GTN_SECRET_KEY": "a key for benches only"}
        with create_app(load_settings(variables)).app_context():
            Base.metadata.create_all(db.engine)
            seed_economies(db.session())
            programme_booklet(full_forum("bench-first", 10))
            drawn = {}
            for count in SIZES:
                drawn[count] = tell(full_forum(f"bench-{count}", count), count, variables)
            small, large = TARGETS
            ratio = drawn[large] / drawn[small]
            verdict = "met" if ratio <= LARGEST_RATIO else "MISSED"
            print(
                f"      ratio {large} : {small} sessions {ratio:.2f}  (target {LARGEST_RATIO}: {verdict})", flush=True
            )
            if options.schedule:
                forum = make_forum("bench-schedule")
                schedule = read_schedule(options.schedule.read_bytes(), time_zone=forum.time_zone)
                count = apply_schedule(forum, schedule, actor=None, now=NOW).sessions
                db.session.commit()
                tell(forum, count, variables)
            db.session.remove()
            db.engine.dispose()


def tell(forum: Forum, count: int, variables: dict[str, str]) -> float:
    """Print what a forum's booklet costs, and return its seconds."""
    slug, target = forum.slug, TARGETS.get(count)
    seconds, pages = zip(*(drawing(forum) for _ in range(TIMES if target else 1)), strict=True)
    drawn = statistics.median(seconds)
    verdict = f"  (target {target:g} s: {'met' if drawn <= target else 'MISSED'})" if target else ""
    print(
        f"{count:4} sessions, {pages[0]:3} pages: drawn {drawn:5.2f} s ({1000 * drawn / count:.1f} ms each){verdict}",
        flush=True,
    )
    db.session.commit()  # the command wants the database for itself
    whole, memory = command(slug, variables)
    verdict = f"  (target {LARGEST_MEMORY} MiB: {'met' if memory <= LARGEST_MEMORY else 'MISSED'})" if target else ""
    print(f"      the command {whole:5.2f} s, at most {memory:.0f} MiB{verdict}", flush=True)
    return drawn


def full_forum(slug: str, sessions: int) -> Forum:
    """A forum with everything that a booklet can hold; the first one drawn is not measured (fonts, styles)."""
    forum = open_forum(slug, seats=1, now=NOW)
    forum.practical = PRACTICAL
    add_programme(forum, sessions)
    for number in range(EACH):
        make_side_event(forum, f"Side event {number}", slug=f"side-{number}", description=PRACTICAL)
        details = SponsorDetails(name=f"Sponsor {number}", level=list(SponsorLevel)[number % 4])
        sponsor = add_sponsor(forum, details, actor=None, now=NOW)
        picture = io.BytesIO()
        Image.new("RGB", (600, 160), (11, 90 + number, 67)).save(picture, "PNG")
        picture.seek(0)
        set_sponsor_logo(sponsor, FileStorage(picture, filename="logo.png"), actor=None, now=NOW)
    db.session.commit()
    return forum


def drawing(forum: Forum) -> tuple[float, int]:
    """Return the CPU seconds of one booklet in this process, and how many pages it has."""
    before = time.process_time()
    data = programme_booklet(forum)
    seconds = time.process_time() - before
    return seconds, len(PdfReader(io.BytesIO(data)).pages)


def command(slug: str, variables: dict[str, str]) -> tuple[float, float]:
    """Return the CPU seconds of the command, and the most memory that it held, in MiB."""
    output = Path(variables["GTN_INSTANCE_DIR"], f"{slug}.pdf")
    line = [sys.executable, "-c", MEASURE, sys.executable, *GTN_EVENTS, "programme-pdf", slug, "-o", str(output)]
    told = subprocess.run(line, env={**os.environ, **variables}, stdout=subprocess.PIPE, check=True, text=True)
    seconds, memory = told.stdout.split()[-2:]
    return float(seconds), float(memory) / 1024


if __name__ == "__main__":
    main()
