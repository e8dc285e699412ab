"""The person's own list of signed-in browsers."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.clients import describe_client
from gtn_events.accounts.models import AccountSession
from gtn_events.core.db import db

from ..factories import make_account, sign_in
from .pages import messages

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def session_ids(email: str) -> list[int]:
    rows = db.session.scalars(select(AccountSession).order_by(AccountSession.id))
    return [session.id for session in rows if session.account.email == email]


def test_ending_another_browser_leaves_this_one(client: FlaskClient) -> None:
    account, other = make_account(), client.application.test_client()
    sign_in(client, account)
    sign_in(other, account)
    response = client.post(f"/account/sessions/{session_ids(account.email)[1]}/end", follow_redirects=True)
    assert messages(response) == ["That browser is signed out."]
    assert other.get("/home").status_code == 302


def test_the_session_of_another_person_is_not_found_and_stays(client: FlaskClient) -> None:
    rosa, hana = make_account(), make_account("hana@firm.example")
    other = client.application.test_client()
    sign_in(client, rosa)
    sign_in(other, hana)
    assert client.post(f"/account/sessions/{session_ids(hana.email)[0]}/end").status_code == 404
    assert client.post("/account/sessions/999999/end").status_code == 404
    assert other.get("/home").status_code == 200


def test_all_other_browsers_can_be_ended_at_once(client: FlaskClient) -> None:
    account = make_account()
    others = [client.application.test_client() for _ in range(3)]
    for browser in (client, *others):
        sign_in(browser, account)
    response = client.post("/account/sessions/end-others", follow_redirects=True)
    assert messages(response) == ["You are signed in here and nowhere else."]
    assert [browser.get("/home").status_code for browser in others] == [302, 302, 302]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (CHROME, ("Chrome", "Android")),
        (SAFARI, ("Safari", "iPhone")),
        ("", ("", "")),
        ("curl/8.0", ("", "")),
    ],
)
def test_browsers_are_named_as_people_know_them(agent: str, words: tuple[str, str]) -> None:
    assert describe_client(agent) == words


def test_the_tab_of_signed_in_browsers_is_not_called_as_the_sessions_of_a_programme(client: FlaskClient) -> None:
    sign_in(client, make_account())
    names = re.findall(
        r'<a[^>]*href="/account/sessions"[^>]*>(?:\s*<svg.*?</svg>)?\s*([^<]*?)\s*<', client.get("/home").text, re.S
    )
    assert set(names) == {"Sign-in"}
