"""An INSERT that does nothing when the key is taken, on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from .db import Base, db


def insert_unless_there(model: type[Base], **values: Any) -> "sqlite.Insert | postgresql.Insert":  # Any: column values
    """Return an INSERT of one row that loses quietly against a row with the same unique key.

    The caller's transaction stays intact, which an IntegrityError would not allow on
    PostgreSQL; RETURNING tells which it was (``rowcount`` does not).
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(model).values(**values).on_conflict_do_nothing()
    return postgresql.insert(model).values(**values).on_conflict_do_nothing()
