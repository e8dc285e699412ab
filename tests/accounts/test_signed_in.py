"""The sign-in cookie and its session."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from flask_login import current_user
from sqlalchemy import event, select

from gtn_events.accounts.models import AccountSession
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db

from ..factories import make_account, sign_in


def cookie_of(client: FlaskClient) -> dict[str, str]:
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return {"Cookie": f"{COOKIE}={cookie.value}"}


def test_account_and_economy_are_loaded_in_one_query(client: FlaskClient) -> None:
    sign_in(client, make_account())
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement.partition(" ")[0])

    db.session.expunge_all()
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        with client.application.test_request_context(headers=cookie_of(client)):
            assert current_user.email == "rosa@firm.example"
            assert current_user.economy.short_name == "Peru"
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert statements.count("SELECT") == 1


@pytest.mark.parametrize("days", [3, 15])
def test_a_session_ends_when_it_is_idle_and_when_it_is_old(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    sign_in(client, make_account())
    assert client.get("/home").status_code == 200
    if days > 3:
        db.session.scalars(select(AccountSession)).one().last_seen_at = clock.now() + timedelta(days=days - 1)
        db.session.commit()
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/home").location == "/sign-in?next=/home"


def test_a_form_sent_after_the_session_ended_is_the_page_to_go_on_with(client: FlaskClient) -> None:
    assert client.post("/account/profile?next=/home").location == "/sign-in?next=/account/profile?next%3D/home"
    assert client.post("/sign-out").location == "/sign-in"


def test_last_seen_is_written_at_most_every_five_minutes(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, make_account())
    start = db.session.scalars(select(AccountSession.last_seen_at)).one()
    seen = []
    for minutes in (4, 6, 10):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        db.session.rollback()
        client.get("/home")
        db.session.rollback()
        seen.append(db.session.scalars(select(AccountSession.last_seen_at)).one() - start)
    assert seen == [timedelta(0), timedelta(minutes=6), timedelta(minutes=6)]


def test_garbage_in_the_cookie_is_nobody(client: FlaskClient) -> None:
    for value in ("", "x" * 43, "x" * 4_000, "ü" * 43):
        client.set_cookie(COOKIE, value)
        assert client.get("/home").status_code == 302
