"""How migrations run: on the application's own engine, in one transaction, on every database."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection, Enum

from gtn_events.core.db import Base, ExactDecimal, UTCDateTime, belongs_here, db


def render_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # Any: whatever is rendered
    """Write plain column types: a migration must read the same when our classes have changed.

    A stored enum is text, so that a new word needs no migration.
    """
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ExactDecimal):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def drop_empty_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:  # Any: alembic's own objects
    """Write no file when the models ask for no change."""
    options = context.config.cmd_opts
    if getattr(options, "autogenerate", False) and directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def configure(**arguments: Any) -> None:  # Any: alembic's keyword arguments
    """Set the migration context up, the same way online and offline."""
    context.configure(
        target_metadata=Base.metadata,
        render_item=render_type,
        include_object=belongs_here,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        process_revision_directives=drop_empty_revision,
        **arguments,
    )


def migrate(connection: Connection) -> None:
    """Run what is missing, all or nothing.

    SQLite changes a table by making it anew and dropping the old one, which deletes what
    points at it unless foreign keys are off; they cannot be switched inside a
    transaction, and they are checked before it ends.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        set_foreign_keys(connection, "OFF")
    try:
        configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                refuse_dangling_rows(connection)
    finally:
        if sqlite:
            set_foreign_keys(connection, "ON")


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's foreign keys; beside SQLAlchemy, which would open a transaction first."""
    connection.rollback()
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def refuse_dangling_rows(connection: Connection) -> None:
    """Stop, and so roll back, when a migration left a row pointing at nothing."""
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"rows that point at nothing after the migration: {dangling[:5]}")


if context.is_offline_mode():
    configure(url=str(current_app.config["SQLALCHEMY_DATABASE_URI"]), literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with db.engine.connect() as connection:
        migrate(connection)
