"""One instance for each module of load tests: a database of its own, and processes that share it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from tests import databases
from tests.load.processes import Processes, processes


@pytest.fixture(scope="module")
def environment(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The ``GTN_...`` variables of every process of this instance; mails become files in its folder."""
    folder = tmp_path_factory.mktemp("load")
    return {
        "GTN_INSTANCE_DIR": str(folder),
        "GTN_SECRET_KEY": "a key for tests only",
        "GTN_DATABASE_URL": new_database(),
        "GTN_JOBS_URL": f"sqlite:///{folder / 'jobs.sqlite3'}",
        "GTN_MAIL_URL": "file:",
    }


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[Flask]:
    """The same instance as this test sees it, with the tables made and the economies in them."""
    settings = databases.settings_on(
        environment["GTN_DATABASE_URL"],
        instance=Path(environment["GTN_INSTANCE_DIR"]),
        GTN_JOBS_URL=environment["GTN_JOBS_URL"],
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        seed_economies(db.session())
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def started(environment: dict[str, str]) -> Iterator[Processes]:
    """Starts processes of the instance; all of them end with the module."""
    with processes(environment) as running:
        yield running
