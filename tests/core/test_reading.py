"""Readers and writers: a page cannot write, a long read sees one moment, a dead connection is replaced."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, func, select, text, update

from gtn_events.core.db import begin_long_read, db, is_reading, reading, set_reading
from gtn_events.core.economies import Economy


@pytest.fixture
def postgresql(database: None) -> None:
    """Leave the test out on SQLite."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL only")


def test_a_page_that_only_reads_cannot_write(database: None) -> None:
    with reading():
        db.session.scalars(select(Economy)).first().short_name = "Atlantis"  # type: ignore[union-attr]  # seeded
        with pytest.raises(RuntimeError, match="only reads"):
            db.session.flush()
        db.session.rollback()


def test_after_a_page_the_same_context_writes_in_a_transaction_again(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
    assert not is_reading()
    db.session.execute(update(Economy).values(short_name="Atlantis"))
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(Economy.short_name == "Atlantis")) == 0


def test_a_long_read_sees_one_moment(database: None) -> None:
    begin_long_read()
    before = list(db.session.scalars(select(Economy.short_name).order_by(Economy.rank)))
    set_reading(False)
    other = create_engine(db.engine.url)
    with other.begin() as connection:
        connection.execute(text("UPDATE core_economy SET short_name = 'Atlantis'"))
    other.dispose()
    after = list(db.session.scalars(select(Economy.short_name).order_by(Economy.rank)))
    db.session.rollback()
    assert after == before


def test_a_connection_that_the_server_closed_is_replaced(postgresql: None) -> None:
    first = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    other = create_engine(db.engine.url)
    with other.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    other.dispose()
    assert db.session.scalar(text("SELECT pg_backend_pid()")) != first
