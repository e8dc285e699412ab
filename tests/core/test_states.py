"""Letting go of loaded objects never crashes the process, whenever the garbage collector comes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from tests import databases


def test_the_collector_may_come_at_every_moment_of_letting_go(new_database: Callable[[], str], tmp_path: Path) -> None:
    url = new_database()
    app = create_app(databases.settings_on(url, instance=tmp_path))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        seed_economies(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    environment = {
        "GTN_INSTANCE_DIR": str(tmp_path),
        "GTN_SECRET_KEY": "a key for tests only",
        "GTN_DATABASE_URL": url,
        "GTN_MAIL_URL": "file:",
        # Memory that is freed twice is told at once, not some crash later.
        "PYTHONMALLOC": "debug",
        "PYTHONFAULTHANDLER": "1",
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.core.states_process"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr.decode(errors="replace")
