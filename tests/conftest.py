"""Fixtures that every test shares: an application on a real, empty database."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from flask import Flask, g, request_started, request_tearing_down
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from gtn_events.app import create_app
from gtn_events.core.db import Base, db, is_reading, set_reading
from gtn_events.core.economies import seed_economies
from gtn_events.designs.views.drawing import forget_drawn
from gtn_events.forum.views.programme.cache import forget_programmes
from tests import databases, sharing_out
from tests.between_tests import BetweenTests

# Read when numpy is first loaded: beside other tests, a second thread for small matrices only waits for the first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How long an example takes says something about the machine only.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

NOW = datetime(2013, 5, 2, 3, 0, tzinfo=UTC)
# How pages look is the same on each database; that every page opens is seen on both (attack/test_markup.py).
LOOKS = ("browser/test_axe_pages.py", "browser/test_programme_long_names.py", "browser/test_styleguide_axe.py")
SERVER = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line choose the database."""
    parser.addoption(
        "--database",
        choices=(databases.SQLITE, databases.POSTGRESQL),
        default=databases.SQLITE,
        help="which kind of database the tests run on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the database server, once for all workers; they find it in the environment."""
    config.pluginmanager.register(BetweenTests())
    config.pluginmanager.register(sharing_out)
    if databases.chosen_kind(config) == databases.SQLITE or os.environ.get(databases.SERVER_VARIABLE):
        return
    stack = config.stash[SERVER] = ExitStack()
    server = stack.enter_context(contextmanager(databases.running_server)())
    os.environ[databases.SERVER_VARIABLE] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started."""
    if SERVER in config.stash:
        config.stash[SERVER].close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of the PostgreSQL run what passes or fails the same on each database."""
    if databases.chosen_kind(config) == databases.SQLITE:
        return
    config.hook.pytest_deselected(items=[item for item in items if _is_alike_on_both(item)])
    items[:] = [item for item in items if not _is_alike_on_both(item)]


def _is_alike_on_both(item: pytest.Item) -> bool:
    reads_a_database = "new_database" in getattr(item, "fixturenames", ())
    return not reads_a_database or item.path.relative_to(Path(__file__).parent).as_posix() in LOOKS


def pytest_report_header(config: pytest.Config) -> str:
    """Say on which database the tests run."""
    return f"database: {databases.chosen_kind(config)}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Close with what this run was, so that a skipped part is not taken for a passed one."""
    terminalreporter.write_line(f"These tests ran on {databases.chosen_kind(config)}.")
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if "browser" in report.keywords]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} browser tests were skipped: there is no Chromium here.")


@pytest.fixture(scope="session")
def new_database(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """A function that returns the URL of a new, empty database, without tables."""
    made = databases.databases_of(pytestconfig, tmp_path_factory.mktemp("databases"))
    yield made.make
    made.remove()


class Browser(FlaskClient):
    """A client that reads every answer to its end and closes it, and then the body it sent.

    A server does both; werkzeug leaves open the file that an answer sends, and the temporary one of a large body.
    """

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:  # Any: werkzeug's own signature
        """Ask the application and read what it answers; not to the end with ``buffered=False``."""
        return super().open(*args, buffered=buffered, **kwargs)

    def run_wsgi_app(self, environ: dict[str, Any], buffered: bool = False) -> Any:  # Any: werkzeug's own signature
        """Ask the application, then close what was sent."""
        answer = super().run_wsgi_app(environ, buffered)
        environ["wsgi.input"].close()
        return answer


@pytest.fixture(scope="session")
def app(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own."""
    application = create_app(databases.settings_on(new_database(), instance=tmp_path_factory.mktemp("instance")))
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = Browser
    with application.app_context():
        Base.metadata.create_all(db.engine)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def pages_only_read() -> Iterator[None]:
    """Fail whatever writes while it said that it only reads: readers of PostgreSQL cannot take it back."""
    event.listen(Engine, "before_cursor_execute", _refuse_writes_of_readers)
    yield
    event.remove(Engine, "before_cursor_execute", _refuse_writes_of_readers)


def _refuse_writes_of_readers(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    writes = statement.startswith(("INSERT", "UPDATE", "DELETE")) or " FOR UPDATE" in statement
    assert not (is_reading() and writes), f"a reader wrote: {statement}"


@pytest.fixture(autouse=True)
def writes_when_it_ends() -> Iterator[None]:
    """Whatever page a test opened last, which leaves this thread a reader: the next test writes."""
    yield
    set_reading(False)


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """An application context on a database that holds the economies and nothing else."""
    with app.app_context():
        seed_economies(db.session())
        db.session.commit()
        forget_programmes()
        forget_drawn()
        with (
            request_started.connected_to(_forget_last_request, app),
            request_tearing_down.connected_to(_end_reading, app),
        ):
            yield
        db.session.remove()
        empty_tables()


def _forget_last_request(_app: Flask, **_extra: object) -> None:
    # Requests of a test share its application context; without this, they would share the signed-in person, too.
    for name in list(g):
        g.pop(name)


def _end_reading(_app: Flask, **_extra: object) -> None:
    # Likewise, what the test writes next is not part of the page that was read. Other threads end as in a server.
    if is_reading() and current_thread() is main_thread():
        db.session.rollback()
        set_reading(False)


def empty_tables() -> None:
    """Delete every row of the present application's database."""
    script = [f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)]
    with db.engine.begin() as connection, closing(connection.connection.cursor()) as cursor:
        # Past SQLAlchemy, and to a server in one go: this runs after every test, and most tables are empty.
        for statements in ["; ".join(script)] if connection.dialect.name == databases.POSTGRESQL else script:
            cursor.execute(statements)


@pytest.fixture
def client(app: Flask, database: None) -> FlaskClient:
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """The moment of the test: some weeks before the network's first forum."""
    return NOW


@pytest.fixture
def shared_data() -> Path:
    """The folder of data nobody here wrote; the test is skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the conformance data is not beside this checkout")
    return folder
