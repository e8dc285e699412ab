"""The database session: typed models, aware UTC times, immediate writes on SQLite, cheap reads on PostgreSQL."""

import enum
import select
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, String, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from .states import take_names_of_states

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, on every database.

    SQLite keeps no time zone: the value is stored naive in UTC and comes back aware.
    A naive datetime is refused, so that a local time can never slip in.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give an aware one")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the interface
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number to the last digit, on every database; kept as text, so no SQL can add it up or sort by it.

    SQLite knows only binary fractions. Trailing zeros stay: ``Decimal("20.00")`` comes back as it was given.
    """

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # the interface
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002  # the interface
        return None if value is None else Decimal(value)


def _values(enum_class: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in enum_class]


class Base(DeclarativeBase):
    """The declarative base; ``Mapped[datetime]`` and ``Mapped[SomeStrEnum]`` need no column type."""

    registry: ClassVar[registry] = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UTCDateTime(),
            Decimal: ExactDecimal(),
            enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=_values),
            dict[str, Any]: JSON(),
            list[Any]: JSON(),
            list[str]: JSON(),
        },
    )


db = SQLAlchemy(model_class=Base)
ONLY_ON = "only on"

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

_writing: ContextVar[bool] = ContextVar("writing", default=True)


@contextmanager
def reading() -> Iterator[None]:
    """Open transactions as readers inside this block (a deferred BEGIN on SQLite).

    Readers run beside a writer in WAL mode. A block that goes on to write must not be
    inside: SQLite cannot turn a reader with an old snapshot into a writer.
    """
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads of this block see one and the same moment, however much others write meanwhile."""
    with reading():
        begin_long_read()
        try:
            yield
        finally:
            db.session.rollback()


def begin_long_read() -> None:
    """Begin a transaction in which all further reads of this context see one and the same moment.

    For what is read row by row while it is sent: a cursor of PostgreSQL lives in a transaction
    only, and a writer would keep everybody else on SQLite from writing.
    """
    db.session.rollback()
    set_reading(True)
    if db.session.get_bind().dialect.name == "postgresql":
        # On SQLite every transaction reads like this.
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def is_reading() -> bool:
    """Say whether transactions that begin in the present context only read."""
    return not _writing.get()


def set_reading(value: bool) -> None:
    """Say for the present context whether new transactions only read."""
    _writing.set(not value)


def belongs_here(item: Any, _name: Any, kind: str, _reflected: bool, _compared: Any) -> bool:  # Any: alembic's own
    """Say whether this kind of database has an item of the models; an index may be ``ONLY_ON`` one."""
    return kind != "index" or item.info.get(ONLY_ON) in {None, db.engine.dialect.name}


def init_app(app: Flask) -> None:
    """Bind the database to the application; set SQLite up for many writers and PostgreSQL for few round trips."""
    take_names_of_states()
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)


@event.listens_for(db.session, "before_flush")
def _refuse_while_reading(_session: Any, _context: Any, _instances: Any) -> None:  # Any: the event's own
    # Readers of PostgreSQL have no transaction that could take a half-done write back.
    if is_reading():
        raise RuntimeError("a page that only reads tried to write")


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:  # Any: the raw DB-API objects
        connection.isolation_level = None  # we send BEGIN ourselves, see on_begin
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=20000",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A deferred BEGIN that writes later fails with "database is locked" under load;
        # IMMEDIATE waits for its turn (choices: 311 against 38 transactions a second).
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:  # Any: the raw DB-API objects
        # A server that went away has said so or closed the socket: looking costs no round trip, a ping does.
        if connection.closed or _has_something_to_say(connection.fileno()):
            raise InvalidatePoolError("the server closed this connection")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # At READ COMMITTED every statement sees its own moment anyway, so readers need neither BEGIN nor ROLLBACK.
        if "isolation_level" in connection.get_execution_options():
            return
        raw = connection.connection.dbapi_connection
        if raw.autocommit is not is_reading():  # type: ignore[union-attr]  # psycopg's
            raw.autocommit = is_reading()  # type: ignore[union-attr]  # psycopg's


def _has_something_to_say(socket: int) -> bool:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    return bool(waiting.poll(0))
