"""Servers that carry the queue, which a test can take away and bring back."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.load.processes import free_port, wait_until


class QueueServer(Protocol):
    """A server; ``url`` is for ``GTN_JOBS_URL``."""

    url: str

    def take_away(self) -> None:
        """End it without a word."""

    def bring_back(self) -> None:
        """Let it answer again."""


class RedisServer:
    """A redis-server of the test's own; what it held is lost with it."""

    def __init__(self, folder: Path) -> None:
        binary = shutil.which("redis-server")
        if binary is None or find_spec("redis") is None:
            pytest.skip("needs redis-server and the package redis")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.command = [binary, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(folder)]
        self.bring_back()

    def take_away(self) -> None:
        self.process.kill()
        self.process.wait()

    def bring_back(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        wait_until(self._answers)

    def _answers(self) -> bool:
        import redis  # noqa: PLC0415  # an extra package

        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


class PostgresqlServer:
    """A database of its own on the server of the tests; away, it refuses everybody."""

    def __init__(self, url: str) -> None:
        if not url.startswith("postgresql"):
            pytest.skip("needs a PostgreSQL server: --database=postgresql")
        self.url = url
        self.name = make_url(url).database or ""
        self.elsewhere = make_url(url).set(database="postgres").render_as_string(hide_password=False)

    def take_away(self) -> None:
        self._let_connect(False)
        with psycopg.connect(self.elsewhere, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (self.name,)
            )

    def bring_back(self) -> None:
        self._let_connect(True)

    def _let_connect(self, allowed: bool) -> None:
        statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        with psycopg.connect(self.elsewhere, autocommit=True) as connection:
            connection.execute(statement.format(sql.Identifier(self.name), sql.Literal(allowed)))
