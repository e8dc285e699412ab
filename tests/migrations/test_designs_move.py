"""Designs of certificates move to the table of all documents, with what points to them, and back."""

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from gtn_events.core.db import db
from tests.migrations.test_migrations import unmigrated

__all__ = ["unmigrated"]

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
