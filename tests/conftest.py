"""Fixtures that every test shares: an application on a real, empty database."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies

NOW = datetime(2013, 5, 2, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own; ``TEST_DATABASE_URL`` chooses which kind."""
    instance = tmp_path_factory.mktemp("instance")
    settings = load_settings(
        {
            "GTN_INSTANCE_DIR": str(instance),
            "GTN_SECRET_KEY": "a key for tests only",
            "GTN_DATABASE_URL": os.environ.get("TEST_DATABASE_URL", ""),
            "GTN_MAIL_URL": "memory:",
            "GTN_JOBS_URL": "memory:",
        }
    )
    application = create_app(settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with application.app_context():
        Base.metadata.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """An application context on a database that holds the economies and nothing else."""
    with app.app_context():
        seed_economies(db.session)
        db.session.commit()
        yield
        db.session.remove()
        with db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())


@pytest.fixture
def client(app: Flask, database: None) -> FlaskClient:
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """The moment of the test: some weeks before the network's first forum."""
    return NOW


@pytest.fixture
def shared_data() -> Path:
    """The folder of data nobody here wrote; the test is skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the conformance data is not beside this checkout")
    return folder
