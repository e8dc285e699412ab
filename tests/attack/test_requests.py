"""Requests that no browser of ours makes: floods, other hosts, other methods, addresses that lead away."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.attack.full_forum import make_full_forum
from tests.factories import grant_role, make_account, sign_in

FORM = "application/x-www-form-urlencoded"


def test_an_address_that_no_mail_reaches_is_refused(client: FlaskClient) -> None:
    for typed in ("Ünï@firm.example", "ａ@firm.example", "สมชาย@firm.example"):
        page = client.post("/sign-up", data={"email": typed})
        assert (page.status_code, "accents or other scripts before the @" in page.text) == (409, True)
    assert db.session.query(OutboxMail).count() == 0


@pytest.mark.parametrize("body", [b"email=" + b"a" * 3_000_000, b"&".join(b"a%d=1" % each for each in range(1_001))])
def test_a_flood_of_fields_is_too_large(app: Flask, client: FlaskClient, body: bytes) -> None:
    """Plain forms, too: the page of an expired form would say all of it back."""
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        response = client.post("/sign-in", data=body, content_type=FORM)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert (response.status_code, len(response.data) < 10_000) == (413, True)


@pytest.mark.parametrize(
    ("path", "field"), [("/sign-in", "password"), ("/sign-in", "email"), ("/sign-up", "email"), ("/reset", "email")]
)
def test_a_flood_of_marks_keeps_no_process_busy(client: FlaskClient, path: str, field: str) -> None:
    """Whoever puts them in order one by one is at it for minutes."""
    typed = {"email": "rosa@firm.example", "password": "green-ring-of-21", field: "a" + "\u0301\u0327" * 150_000}
    assert client.post(path, data=typed).status_code in {409, 422, 429}


def test_a_refused_method_says_which_are_allowed(client: FlaskClient) -> None:
    response = client.get("/sign-out")
    assert (response.status_code, set(response.allow)) == (405, {"OPTIONS", "POST"})


def test_a_nul_hides_in_no_second_value(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"email": ["a", "b\0"]}).status_code == 400


def test_the_host_of_a_request_is_written_nowhere(client: FlaskClient) -> None:
    place = make_full_forum("host-forum", "hostword")
    make_account("rosa@firm.example")
    elsewhere = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client.post("/reset", data={"email": "rosa@firm.example"}, headers=elsewhere)
    written = [mail.body_text + mail.body_html for mail in db.session.query(OutboxMail)]
    for path in ("", "/programme", "/programme/calendar.ics", f"/programme/sessions/{place.values['code']}.ics"):
        written.append(client.get(f"/forums/host-forum{path}", headers=elsewhere).text)
    assert [text for text in written if "evil.example" in text] == []


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "\t//evil.example", "/\t/evil.example", "///evil"],
)
def test_signing_in_leads_nowhere_else(client: FlaskClient, wanted: str) -> None:

    make_account(password_hash=hash_password("green-ring-of-21"))
    reply = client.post("/sign-in", data={"email": "rosa@firm.example", "password": "green-ring-of-21", "next": wanted})
    assert (reply.status_code, reply.location) == (302, "/home")


def test_no_form_without_its_token_does_anything(app: Flask, client: FlaskClient) -> None:
    """Every address that takes a POST refuses one that another site could have sent, before it looks at it."""
    place = make_full_forum("token-forum", "tokenword")
    grant_role(place.organiser, Role.ADMINISTRATOR)
    sign_in(client, place.organiser)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
        taken = {rule.endpoint: client.post(place.address(app, rule)).status_code for rule in posts}
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert (len(taken) > 50, {name: code for name, code in taken.items() if code != 400}) == (True, {})
