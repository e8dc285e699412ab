"""The demonstration loads into an empty database, keeps every rule, and has something in every list."""

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.integrity import differences
from gtn_events.demo.accounts import ROLE_ACCOUNTS
from gtn_events.demo.people import FIRMS, PEOPLE
from gtn_events.demo.programme import SESSIONS
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration


def load(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["demo", "load"]).output


@pytest.mark.usefixtures("database")
def test_the_demonstration_has_every_state_and_no_difference(app: Flask) -> None:
    assert load(app).startswith("Loaded GTN Forum 2013")
    assert set(db.session.scalars(select(Registration.state).distinct())) == set(RegistrationState)
    assert list(differences()) == []
    assert len(db.session.scalars(select(Forum)).all()) == 2


@pytest.mark.usefixtures("database")
def test_the_demonstration_is_loaded_once(app: Flask) -> None:
    load(app)
    again = app.test_cli_runner().invoke(args=["demo", "load"])
    assert again.exit_code == 1
    assert "for an empty one" in again.output


@pytest.mark.usefixtures("database")
def test_the_accounts_are_printed_with_their_password(app: Flask) -> None:
    load(app)
    printed = app.test_cli_runner().invoke(args=["demo", "accounts"]).output
    assert [line.split()[0] for line in printed.splitlines()[:-1]] == [each.email for each in ROLE_ACCOUNTS]


def test_the_people_and_the_programme_refer_to_what_is_there() -> None:
    firms = {firm.name for firm in FIRMS}
    keys = {person.key for person in PEOPLE}
    assert {person.organisation for person in PEOPLE} <= firms
    assert {key for session in SESSIONS for key, _role in session.cast()} <= keys
    assert len(keys) == len(PEOPLE)
