"""The whole demonstration, loaded once for all tests that only look at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from tests.databases import settings_on


@dataclass(frozen=True)
class Loaded:
    """The application on the demonstration, and what the command printed that loaded it."""

    app: Flask
    printed: str


@pytest.fixture(scope="session")
def loaded_once(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """The demonstration on a database of its own."""
    app = create_app(settings_on(new_database(), instance=tmp_path_factory.mktemp("demonstration")))
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield Loaded(app, app.test_cli_runner().invoke(args=["demo", "load"]).output)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def loaded(loaded_once: Loaded) -> Iterator[Loaded]:
    """The same, within an application context; what a test changes is not kept."""
    with loaded_once.app.app_context():
        yield loaded_once
        db.session.remove()
