"""Machines are told whether the process lives and whether it can work."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from gtn_events.core.db import db
from gtn_events.core.views import health


@pytest.fixture
def _known_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "newest_migration", lambda: "abc")


def test_healthz_answers_without_the_database(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.usefixtures("_known_head")
def test_readyz_is_refused_while_migrations_were_never_run(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"database": "ok", "migrations": "were never run: gtn-events db upgrade", "instance": "ok"},
    )


@pytest.mark.usefixtures("_known_head")
@pytest.mark.parametrize(
    ("applied", "status", "words"), [("abc", 200, "ok"), ("old", 503, "are behind: gtn-events db upgrade")]
)
def test_readyz_compares_the_migrations(client: FlaskClient, applied: str, status: int, words: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": applied})
    try:
        answer = client.get("/readyz")
        db.session.rollback()
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))
    assert (answer.status_code, answer.json) == (status, {"database": "ok", "migrations": words, "instance": "ok"})
