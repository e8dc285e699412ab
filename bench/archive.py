"""CPU of the archive of a real programme, once it is stored: ``python bench/archive.py SCHEDULE.xml``."""

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from gtn_events.forum.archive import write_archive
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.programme_files import file_content
from gtn_events.forum.queries.programme_editions import edition_of
from instance import ROOT  # noqa: F401  # puts the factories of the tests in reach
from tests.factories import make_forum

NOW = datetime(2013, 4, 1, tzinfo=UTC)
TARGET = 20


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of the archive of a programme.")
    parser.add_argument("schedule", type=Path, help="a schedule.xml")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gtn-bench-") as folder:
        variables = {"GTN_INSTANCE_DIR": folder, "GTN_SECRET_KEY": "a key for benches only"}
        with create_app(load_settings(variables)).app_context():
            Base.metadata.create_all(db.engine)
            seed_economies(db.session())
            forum = make_forum("bench-archive")
            schedule = read_schedule(options.schedule.read_bytes(), time_zone=forum.time_zone)
            apply_schedule(forum, schedule, actor=None, now=NOW)
            db.session.commit()
            path = Path(folder) / "archive.zip"
            begun, began = _cpu(), time.monotonic()
            write_archive(file_content(forum, edition_of(forum, now=NOW)), path)
            cpu, wall = _cpu() - begun, time.monotonic() - began
            with ZipFile(path) as file:
                count = len(file.namelist())
            size = path.stat().st_size / 2**20
    print(f"{len(schedule.sessions)} sessions: {count} files, {size:.1f} MiB, {cpu:.1f} s CPU, {wall:.1f} s")
    print(f"  target {TARGET} s: {'met' if cpu <= TARGET else 'MISSED'}")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
