"""Signing in and out."""

import re
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from gtn_events.accounts.domain import passwords
from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.models import Account, AccountSession, SignInAttempt
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db

from ..factories import make_account, make_forum, sign_in
from .pages import field_errors, messages, words

PASSWORD = "three words together"
WRONG = "Address and password do not belong together. Check both, or set a new password."


def rosa() -> Account:
    return make_account(password_hash=hash_password(PASSWORD))


def attempt(
    client: FlaskClient, password: str = PASSWORD, email: str = "rosa@firm.example", target: str = "/sign-in"
) -> TestResponse:
    return client.post(target, data={"email": email, "password": password})


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client: FlaskClient) -> None:
    rosa()
    response = attempt(client, email=" Rosa@FIRM.example ")
    assert (response.status_code, response.location) == (302, "/home")
    assert client.get("/home").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client: FlaskClient) -> None:
    rosa()
    for response in (attempt(client, "wrong"), attempt(client, email="nobody@firm.example")):
        assert response.status_code == 409
        assert field_errors(response) == {"password": WRONG}


def test_an_unknown_address_costs_the_same_work(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  # argon2's name
            checked.append("$".join(str(hash).split("$")[:4]))
            return super().verify(hash, password)

    hasher = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Counting(hasher.time_cost, hasher.memory_cost, hasher.parallelism))
    rosa()
    attempt(client, "wrong")
    attempt(client, email="nobody@firm.example")
    assert checked == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_a_hash_of_weaker_parameters_is_replaced_at_sign_in(client: FlaskClient) -> None:
    account = make_account(password_hash=PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD))
    attempt(client)
    db.session.refresh(account)
    assert account.password_hash is not None
    assert account.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil"],
)
def test_the_next_page_is_never_of_another_site(client: FlaskClient, target: str) -> None:
    rosa()
    response = client.post(
        "/sign-in", query_string={"next": target}, data={"email": "rosa@firm.example", "password": PASSWORD}
    )
    assert response.location == "/home"


def test_after_ten_failures_an_address_waits_and_is_told_how_long(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa()
    start = clock.now()
    for minute in range(10):
        monkeypatch.setattr(clock, "now", lambda minute=minute: start + timedelta(seconds=30 * minute))
        attempt(client, "wrong")
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=5))
    response = attempt(client)
    assert response.status_code == 429
    assert "There were too many attempts. Please try again in 10 minutes." in words(response.text)
    assert 'value="rosa@firm.example"' in response.text
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=15, seconds=1))
    assert attempt(client).status_code == 302


def test_a_password_tried_while_others_used_the_limit_up_is_neither_right_nor_wrong(
    client: FlaskClient, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many guesses at one moment all pass the first look, and are hashed at the same time."""
    make_account(password_hash=hash_password("green-ring-of-21"))

    def meanwhile(stored: str | None, password: str) -> bool:
        moment = clock.now()
        db.session.add_all(SignInAttempt(subject="address:rosa@firm.example", at=moment) for _ in range(10))
        db.session.commit()
        return passwords.password_matches(stored, password)

    monkeypatch.setattr("gtn_events.accounts.views.sign_in.password_matches", meanwhile)
    reply = client.post("/sign-in", data={"email": "rosa@firm.example", "password": "green-ring-of-21"})
    assert (reply.status_code, db.session.scalar(select(func.count(AccountSession.id)))) == (429, 0)


def test_a_client_waits_after_fifty_failures_over_many_addresses(client: FlaskClient) -> None:
    rosa()
    db.session.add_all(SignInAttempt(subject="client:127.0.0.1", at=clock.now()) for _ in range(50))
    db.session.commit()
    assert attempt(client).status_code == 429


def test_success_forgets_the_failures_of_the_address(client: FlaskClient) -> None:
    rosa()
    attempt(client, "wrong")
    attempt(client)
    subjects = db.session.scalars(select(SignInAttempt.subject)).all()
    assert subjects == ["client:127.0.0.1"]


def test_the_cookie_is_a_new_secret_and_the_database_has_only_its_digest(client: FlaskClient) -> None:
    rosa()
    response = attempt(client)
    header = next(value for value in response.headers.getlist("Set-Cookie") if value.startswith(COOKIE))
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    stored = db.session.scalars(select(AccountSession.token_sha256)).one()
    assert len(cookie.value) == 43
    assert cookie.value not in stored


def test_signing_in_again_ends_the_session_before(client: FlaskClient) -> None:
    rosa()
    attempt(client)
    first = client.get_cookie(COOKIE)
    attempt(client)
    second = client.get_cookie(COOKIE)
    assert first is not None
    assert second is not None
    assert first.value != second.value
    live = select(func.count()).select_from(AccountSession).where(AccountSession.ended_at.is_(None))
    assert db.session.scalar(live) == 1


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient) -> None:
    sign_in(client, rosa())
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    response = client.post("/sign-out")
    assert response.location == "/"
    client.set_cookie(COOKIE, cookie.value)
    assert client.get("/home").location == "/sign-in?next=/home"


def test_signing_out_needs_a_post(client: FlaskClient) -> None:
    sign_in(client, rosa())
    assert client.get("/sign-out").status_code == 405


def test_an_account_without_a_password_cannot_sign_in(client: FlaskClient) -> None:
    make_account()
    for password in ("None", "the password of nobody", " "):
        assert attempt(client, password).status_code in {409, 422}


def test_forms_need_their_token(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa()
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", True)
    response = attempt(client)
    assert response.status_code == 400
    assert "rosa@firm.example" in response.text
    assert PASSWORD not in response.text
    assert db.session.scalar(select(func.count()).select_from(AccountSession)) == 0


def test_the_person_is_told_that_they_are_signed_out(client: FlaskClient) -> None:
    sign_in(client, rosa())
    response = client.post("/sign-out", follow_redirects=True)
    assert messages(response) == ["You are signed out."]


def test_the_sign_in_of_the_header_leads_back_to_a_page_of_an_event(client: FlaskClient) -> None:
    forum = make_forum()
    page = f"/forums/{forum}/programme/mine"
    rosa()
    links = [
        re.findall(r'href="(/sign-in[^"]*)">Sign in<', client.get(path).text)[0] for path in (page, "/", "/nowhere")
    ]
    answer = attempt(client, target=links[0])
    assert (links, answer.location) == ([f"/sign-in?next={page}", "/sign-in", "/sign-in"], page)
