"""Designs of certificates move to the table of all documents, with what points to them, and back."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, column, table, text
from sqlalchemy import select as sa_select
from sqlalchemy.types import TypeEngine

from gtn_events.core.db import db
from gtn_events.designs.values import Design
from tests.migrations.test_migrations import unmigrated

__all__ = ["unmigrated"]

_DESIGNS = table(
    "designs_design",
    column("scope_kind", String),
    column("scope_id", Integer),
    column("kind", String),
    column("number", Integer),
    column("values", JSON),
)
DESIGN = (
    'INSERT INTO {} (id, scope_kind, scope_id, kind, number, "values", created_at)'
    " VALUES ({}, 'forum', 7, 'participation', {}, '{{}}', '2013-05-02 00:00:00+00')"
)
PICTURE = (
    "INSERT INTO core_upload (stored_as, name, content_type, size, sha256, created_at, purpose)"
    " VALUES ('{0}', '{0}', 'image/png', 1, '', '2013-05-02 00:00:00+00', '{1}')"
)


def test_designs_keep_their_numbers_and_pictures_their_owner(unmigrated: Flask) -> None:
    upgrade(revision="0056")
    _do(DESIGN.format("certificates_design", 5, 1))
    _do(PICTURE.format("logo", "certificates of forum 7"))
    _do(PICTURE.format("photo", "a speaker"))

    upgrade(revision="0057")
    assert _rows("SELECT id, kind, number FROM designs_design") == [(5, "participation", 1)]
    assert _rows("SELECT purpose FROM core_upload ORDER BY id") == [("designs of forum 7",), ("a speaker",)]
    _do(DESIGN.replace("(id, ", "(").replace("VALUES ({}, ", "VALUES (").format("designs_design", 2))
    assert _rows("SELECT id FROM designs_design WHERE number = 2") == [(6,)]

    downgrade(revision="0056")
    assert _rows("SELECT id, number FROM certificates_design ORDER BY id") == [(5, 1), (6, 2)]
    assert _rows("SELECT purpose FROM core_upload ORDER BY id") == [("certificates of forum 7",), ("a speaker",)]


def _do(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def _rows(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_words_of_letters_become_the_first_version_of_their_designs(unmigrated: Flask) -> None:
    upgrade(revision="0057")
    _forum(7)
    _forum(8)
    _do(
        "INSERT INTO forum_letter_settings"
        " (forum_id, next_number, invitation_text, visa_text, signatory_name, signatory_post, lock_version)"
        " SELECT id, 12, CASE id WHEN 7 THEN 'Come, {name} [soon].' ELSE '' END, '',"
        " CASE id WHEN 7 THEN 'Dewi' ELSE '' END, CASE id WHEN 7 THEN 'Head' ELSE '' END, 3 FROM forum"
    )

    upgrade(revision="0058")
    with db.engine.connect() as connection:
        found = connection.execute(sa_select(_DESIGNS).order_by(_DESIGNS.c.kind)).all()
    signed = [{"name": "Dewi", "role": "Head", "upload_id": None}]
    assert [(row.scope_kind, row.scope_id, row.kind, row.number) for row in found] == [
        ("forum", 7, "letter-invitation", 1),
        ("forum", 7, "letter-visa", 1),
    ]
    assert [row.values["texts"] for row in found] == [{"text": "Come, {name} (soon)."}, {}]
    assert [row.values["signatories"] for row in found] == [signed, signed]
    assert [Design.from_dict(row.values).template for row in found] == ["mark", "mark"]
    assert _rows("SELECT next_number FROM forum_letter_settings") == [(12,), (12,)]

    downgrade(revision="0057")
    back = "SELECT invitation_text, signatory_name, signatory_post, next_number FROM forum_letter_settings"
    assert _rows(f"{back} WHERE forum_id = 7") == [("Come, {name} (soon).", "Dewi", "Head", 12)]
    assert _rows("SELECT id FROM designs_design") == []


def _forum(number: int) -> None:
    _add("forum", id=number, slug=f"forum-{number}", registration_closes_at=datetime(2013, 5, 9, tzinfo=UTC))


def _add(name: str, **values: Any) -> None:  # Any: a value of any column
    """Add a row with whatever its table asks for, and the rows it points at."""
    found = Table(name, MetaData(), autoload_with=db.engine)
    asked = [each for each in found.c if not each.nullable and each.server_default is None]
    made = {each.name: _key(each) if each.foreign_keys else _some(each.type) for each in asked}
    with db.engine.begin() as connection:
        connection.execute(found.insert().values(made | values))


def _key(column: Column[Any]) -> Any:  # Any: as above
    """Return the key of a row that a column can point at."""
    (key,) = column.foreign_keys
    statement = sa_select(key.column).limit(1)
    with db.engine.connect() as connection:
        found = connection.scalar(statement)
    if found is None:
        _add(key.column.table.name)
    return found or 1


def _some(kind: TypeEngine[Any]) -> Any:  # Any: a value of any column
    return {int: 1, bool: False, datetime: datetime(2013, 5, 2, tzinfo=UTC), date: date(2013, 6, 5)}.get(
        kind.python_type, "x"
    )
