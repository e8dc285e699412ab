"""Reset and change of the password, change and confirmation of the address."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.domain.passwords import hash_password, password_matches
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db

from ..factories import make_account, sign_in
from .mails import link_of_last_mail, outbox
from .pages import field_errors, messages, words

OLD, NEW = "three words together", "four words are better"


def rosa() -> Account:
    return make_account(password_hash=hash_password(OLD))


def can_sign_in(client: FlaskClient, password: str, email: str = "rosa@firm.example") -> bool:
    browser = client.application.test_client()
    return browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302


def reset_link(client: FlaskClient) -> str:
    client.post("/reset", data={"email": "Rosa@firm.example"})
    return link_of_last_mail()


def test_the_reset_page_is_the_same_for_a_known_and_an_unknown_address(client: FlaskClient) -> None:
    rosa()
    pages = [
        words(client.post("/reset", data={"email": email}).text.replace(email, "ADDRESS"))
        for email in ("rosa@firm.example", "hana@firm.example")
    ]
    assert pages[0] == pages[1]
    assert outbox() == [("rosa@firm.example", "accounts/set_password"), ("hana@firm.example", "accounts/no_account")]


def test_a_reset_link_works_once_and_signs_every_other_browser_out(client: FlaskClient) -> None:
    account = rosa()
    elsewhere = client.application.test_client()
    sign_in(elsewhere, account)
    link = reset_link(client)
    response = client.post(link, data={"password": NEW})
    assert (response.status_code, response.location) == (302, "/home")
    assert client.get("/home").status_code == 200
    assert elsewhere.get("/home").status_code == 302
    assert outbox()[-1] == ("rosa@firm.example", "accounts/password_changed")
    assert (can_sign_in(client, OLD), can_sign_in(client, NEW)) == (False, True)
    again = client.post(link, data={"password": "and now another one"})
    assert again.status_code in {302, 410}
    assert can_sign_in(client, NEW)


def test_a_reset_link_ends_after_two_hours(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa()
    link = reset_link(client)
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    response = client.get(link)
    assert response.status_code == 410
    assert "This link is too old. Ask for a new one; the newest mail counts." in words(response.text)


def test_a_link_for_one_purpose_is_refused_for_another(client: FlaskClient) -> None:
    rosa()
    token = reset_link(client).rpartition("/")[2]
    for path in ("/sign-up/", "/confirm/", "/account/address/"):
        assert client.get(path + token).status_code == 410


def test_a_changed_password_signs_the_other_browsers_out_and_not_this_one(client: FlaskClient) -> None:
    account = rosa()
    elsewhere = client.application.test_client()
    sign_in(elsewhere, account)
    sign_in(client, account)
    response = client.post("/account/password", data={"current": OLD, "password": NEW}, follow_redirects=True)
    assert messages(response) == ["Your password is changed. All other browsers are signed out."]
    assert elsewhere.get("/home").status_code == 302
    assert (can_sign_in(client, OLD), can_sign_in(client, NEW)) == (False, True)


def test_a_password_matches_however_its_signs_are_put_together() -> None:
    for typed, again in (("\ufdfa" * 190, "\ufdfa" * 190), ("\u1ec7" * 190, "e\u0323\u0302" * 190)):
        assert password_matches(hash_password(typed), again)


def test_a_change_needs_the_present_password_and_wrong_ones_are_counted(client: FlaskClient) -> None:
    sign_in(client, rosa())
    for _ in range(10):
        response = client.post("/account/password", data={"current": "wrong", "password": NEW})
        assert field_errors(response) == {"current": "This is not your password. Nothing was changed."}
    assert client.post("/account/password", data={"current": OLD, "password": NEW}).status_code == 429
    assert outbox() == []


def test_a_new_address_holds_after_its_link_and_the_old_one_is_told(client: FlaskClient) -> None:
    account = rosa()
    sign_in(client, account)
    client.post("/account/address", data={"email": "rosa@new.example", "current": OLD})
    link = link_of_last_mail()
    assert account.email == "rosa@firm.example"
    client.get(link)
    db.session.refresh(account)
    assert account.email == "rosa@firm.example"
    client.post(link)
    db.session.refresh(account)
    assert (account.email, account.email_key) == ("rosa@new.example", "rosa@new.example")
    assert outbox() == [
        ("rosa@new.example", "accounts/new_address"),
        ("rosa@firm.example", "accounts/address_changed"),
    ]
    assert client.post(link).status_code in {302, 410}


def test_asking_for_an_address_that_is_taken_tells_only_its_owner(client: FlaskClient) -> None:
    make_account("hana@firm.example")
    sign_in(client, rosa())
    response = client.post("/account/address", data={"email": "Hana@firm.example", "current": OLD})
    assert response.status_code == 200
    assert outbox() == [("hana@firm.example", "accounts/already_member")]


def test_an_address_taken_since_is_refused_when_the_link_is_used(client: FlaskClient) -> None:
    account = rosa()
    sign_in(client, account)
    client.post("/account/address", data={"email": "hana@firm.example", "current": OLD})
    link = link_of_last_mail()
    make_account("hana@firm.example")
    response = client.post(link, follow_redirects=True)
    assert messages(response) == ["Another account uses this address. Your address was not changed."]
    db.session.refresh(account)
    assert account.email == "rosa@firm.example"


def test_an_unconfirmed_address_is_confirmed_by_its_link(client: FlaskClient) -> None:
    account = make_account(email_confirmed_at=None)
    sign_in(client, account)
    assert "Confirm your address" in words(client.get("/home").text)
    client.post("/account/address/confirm")
    client.post(link_of_last_mail())
    db.session.refresh(account)
    assert account.email_confirmed_at is not None
    assert "Confirm your address" not in words(client.get("/home").text)


def test_the_command_makes_an_administrator_who_sets_a_password_by_link(client: FlaskClient) -> None:
    result = client.application.test_cli_runner().invoke(args=["create-admin", "Admin@gtn.example"])
    assert result.exit_code == 0
    path = "/reset/" + result.output.strip().rpartition("/reset/")[2]
    client.post(path, data={"password": NEW})
    assert client.get_cookie(COOKIE) is not None
    assert client.get("/admin/people").status_code == 200


def test_the_command_refuses_what_is_no_address(client: FlaskClient) -> None:
    result = client.application.test_cli_runner().invoke(args=["create-admin", "admin"])
    assert (result.exit_code, result.output) == (1, "Error: Write an e-mail address such as name@firm.example.\n")
