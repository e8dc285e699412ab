"""Counting the queries of a block, so that a page can be held to the same number at every length."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from gtn_events.core.db import db


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the statements that the block sends; ``len()`` of the list counts them.

    with count_queries() as queries:
        client.get("/forums")
    assert len(queries) == 4
    """
    statements: list[str] = []

    def note(*arguments: Any) -> None:  # Any: (connection, cursor, statement, parameters, context, executemany)
        statements.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
