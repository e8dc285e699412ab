"""The database broke a request off in favour of another one: it is repeated, and in the end the person is told."""

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from gtn_events.core.errors import Stale
from gtn_events.core.http import TRIES_AFTER_CONFLICT
from gtn_events.core.permissions import public

View = Callable[[], Any]


@pytest.fixture
def answer_with(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[View], None]:
    """Put another view in the place of a public page."""

    def put(view: View) -> None:
        monkeypatch.setitem(app.view_functions, "core.contact", public(view))

    return put


def failing(
    times: int, error: BaseException, then: View = lambda: "done", kind: type[DBAPIError] = OperationalError
) -> View:
    left = [times]

    def view() -> Any:
        if left[0]:
            left[0] -= 1
            raise kind("UPDATE", {}, error)
        return then()

    return view


@pytest.mark.parametrize("error", [psycopg.errors.DeadlockDetected(), psycopg.errors.SerializationFailure()])
def test_a_request_that_lost_a_conflict_is_repeated(
    client: FlaskClient, answer_with: Callable[[View], None], error: BaseException
) -> None:
    answer_with(failing(TRIES_AFTER_CONFLICT, error))
    assert client.get("/contact").text == "done"


@pytest.mark.parametrize("error", [psycopg.errors.UniqueViolation(), psycopg.errors.ForeignKeyViolation()])
def test_a_request_that_was_overtaken_looks_again(
    client: FlaskClient, answer_with: Callable[[View], None], error: BaseException
) -> None:
    """Two organisers give one person the same role at the same moment: the second finds it given."""
    answer_with(failing(1, error, kind=IntegrityError))
    assert client.get("/contact").text == "done"


@pytest.mark.parametrize("error", [psycopg.errors.UniqueViolation(), psycopg.errors.CheckViolation()])
def test_what_breaks_a_rule_of_the_database_each_time_stays_an_error(
    client: FlaskClient, answer_with: Callable[[View], None], error: BaseException
) -> None:
    answer_with(failing(TRIES_AFTER_CONFLICT + 1, error, kind=IntegrityError))
    with pytest.raises(IntegrityError):
        client.get("/contact")


def test_after_the_last_try_the_person_is_told_that_the_site_is_busy(
    client: FlaskClient, answer_with: Callable[[View], None]
) -> None:
    answer_with(failing(TRIES_AFTER_CONFLICT + 1, psycopg.errors.DeadlockDetected()))
    answer = client.get("/contact")
    assert answer.status_code == 503
    assert "The site is busy" in answer.text


def test_what_the_repeated_request_says_reaches_the_person(
    client: FlaskClient, answer_with: Callable[[View], None]
) -> None:
    def refuse() -> None:
        raise Stale("Somebody was faster.")

    answer_with(failing(1, psycopg.errors.DeadlockDetected(), refuse))
    answer = client.get("/contact")
    assert answer.status_code == 409
    assert "Somebody was faster." in answer.text


def test_a_database_that_stays_locked_is_said_to_be_busy(
    client: FlaskClient, answer_with: Callable[[View], None]
) -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    answer_with(failing(1, locked))
    answer = client.get("/contact")
    assert answer.status_code == 503
    assert "Please try again in a minute." in answer.text


def test_other_errors_of_the_database_stay_errors(client: FlaskClient, answer_with: Callable[[View], None]) -> None:
    answer_with(failing(1, psycopg.errors.ConnectionTimeout()))
    with pytest.raises(OperationalError):
        client.get("/contact")
