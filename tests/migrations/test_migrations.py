"""The migrations lead from nothing to the models, and back, on every database."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from gtn_events import cli
from gtn_events.app import create_app
from gtn_events.core.db import Base, belongs_here, db
from gtn_events.core.economies import ECONOMIES, Economy
from gtn_events.core.migrating import bind
from gtn_events.core.views.health import newest_migration
from tests.databases import settings_on

MIGRATIONS = Path(__file__).resolve().parents[2] / "gtn_events" / "migrations"


@pytest.fixture
def unmigrated(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """An application in its context, on a database without tables."""
    app = create_app(settings_on(new_database(), instance=tmp_path))
    bind(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def economies() -> list[tuple[str, int, str, str, str, bool]]:
    statement = select(Economy).order_by(Economy.rank)
    with db.engine.connect() as connection:
        rows = connection.execute(statement).all()
    return [(row.code, row.rank, row.formal_name, row.short_name, row.in_sentence, row.travel_eligible) for row in rows]


def test_migrations_have_one_head_and_count_up() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    assert script.get_heads() == [newest_migration()]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_migrated_database_equals_the_models(unmigrated: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": belongs_here})
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_database_has_every_partial_index_and_check(unmigrated: Flask) -> None:
    """What comparing cannot see: conditions of indexes, and check constraints."""
    upgrade()
    migrated = rules_of_the_database()
    downgrade(revision="base")
    Base.metadata.create_all(db.engine)
    assert migrated == rules_of_the_database()


def rules_of_the_database() -> dict[str, tuple[list[str], list[str]]]:
    inspector = inspect(db.engine)
    return {
        table: (
            sorted(f"{check['name']}: {check['sqltext']}" for check in inspector.get_check_constraints(table)),
            sorted(f"{index['name']}: {condition_of(index)}" for index in inspector.get_indexes(table)),
        )
        for table in sorted(tables())
    }


def condition_of(index: ReflectedIndex) -> str:
    options = index.get("dialect_options", {})
    return ", ".join(f"{name} {value}" for name, value in sorted(options.items()))


def test_downgrade_leaves_no_table_and_upgrade_works_again(unmigrated: Flask) -> None:
    upgrade()
    first = tables()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == first == set(Base.metadata.tables)


def test_each_revision_goes_back_and_forth(unmigrated: Flask) -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    for revision in reversed(list(script.walk_revisions())):
        upgrade(revision=revision.revision)
        before = tables()
        downgrade(revision="-1")
        upgrade(revision=revision.revision)
        assert tables() == before


def test_upgrade_brings_the_economies_in_protocol_order(unmigrated: Flask) -> None:
    upgrade()
    assert economies() == [
        (seed.code, rank, seed.formal_name, seed.short_name, seed.in_sentence, seed.travel_eligible)
        for rank, seed in enumerate(ECONOMIES, start=1)
    ]


def test_upgrade_again_keeps_an_edited_economy(unmigrated: Flask) -> None:
    upgrade()
    peru = db.session.get_one(Economy, "PE")
    peru.travel_eligible = False
    db.session.commit()
    downgrade(revision="0001")
    upgrade()
    assert {code: eligible for code, *_, eligible in economies()}["PE"] is False


def test_server_that_upgrades_listens_when_the_tables_are_there(
    unmigrated: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[set[str]] = []
    monkeypatch.setattr(cli, "waitress_serve", lambda *_args, **_options: found.append(tables()))
    unmigrated.test_cli_runner().invoke(cli.serve, ["--upgrade"], catch_exceptions=False)
    assert found == [set(Base.metadata.tables)]


def test_steps_move_from_a_questionnaire_to_its_versions_and_back(unmigrated: Flask) -> None:
    upgrade(revision="0002")
    steps = '[{"key": "trip", "title": "Trip"}]'
    with db.engine.begin() as connection:
        values = {"steps": steps, "now": "2013-05-02 03:00:00+00:00"}
        connection.execute(
            text("INSERT INTO questionnaire (id, title, steps, created_at) VALUES (1, 'Entry', :steps, :now)"), values
        )
        for number in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO questionnaire_version (id, questionnaire_id, number, state, created_at)"
                    " VALUES (:number, 1, :number, 'retired', :now)"
                ),
                values | {"number": number},
            )
    upgrade()
    assert read_json("SELECT steps FROM questionnaire_version ORDER BY id") == [json.loads(steps)] * 2
    downgrade(revision="0002")
    assert read_json("SELECT steps FROM questionnaire") == [json.loads(steps)]


def read_json(statement: str) -> list[object]:
    with db.engine.connect() as connection:
        return [json.loads(each) if isinstance(each, str) else each for each in connection.scalars(text(statement))]
