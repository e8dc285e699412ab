"""Signing up: the address first, the account only when its link was used."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.domain.time_zones import MAIN_ZONES, zones_by_place
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES

from ..factories import make_account
from .mails import link_of_last_mail, outbox
from .pages import field_errors, heading, words

FORM = {
    "given_name": "Thị Thu Hằng",
    "family_name": "Nguyễn",
    "origin": "economy:VN",
    "time_zone": "Asia/Ho_Chi_Minh",
    "password": "three words together",
}


def asked(client: FlaskClient, email: str, target: str = "/sign-up") -> str:
    response = client.post(target, data={"email": email})
    assert response.status_code == 200
    return words(response.text.replace(email, "ADDRESS"))


def test_the_page_is_the_same_for_a_known_and_an_unknown_address(client: FlaskClient) -> None:
    make_account("rosa@firm.example")
    assert asked(client, "rosa@firm.example") == asked(client, "hana@firm.example")
    assert outbox() == [
        ("rosa@firm.example", "accounts/already_member"),
        ("hana@firm.example", "accounts/sign_up"),
    ]


def test_no_account_before_the_link_was_used(client: FlaskClient) -> None:
    asked(client, "hana@firm.example")
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_the_link_makes_the_account_and_signs_in(client: FlaskClient) -> None:
    asked(client, "Hang@Firm.example", "/sign-up?next=/economies")
    response = client.post(link_of_last_mail(), data=FORM)
    assert (response.status_code, response.location) == (302, "/economies")
    account = db.session.scalars(select(Account)).one()
    assert (account.email, account.email_key) == ("Hang@firm.example", "hang@firm.example")
    assert account.email_confirmed_at is not None
    assert account.display_name == "Thị Thu Hằng NGUYỄN"
    assert heading(client.get("/home")) in {
        f"Good {part}, Thị Thu Hằng" for part in ("morning", "afternoon", "evening")
    }


@pytest.mark.parametrize(
    ("browser", "origin", "zone"),
    [
        ("America/Lima", "economy:VN", "America/Lima"),
        ("", "economy:VN", "Asia/Ho_Chi_Minh"),
        ("UTC", "economy:CDA", "America/Toronto"),
        ("Atlantis/Poseidonis", "economy:PE", "America/Lima"),
        ("Asia/Jakarta\r\n" + "x" * 10_000, "secretariat", "UTC"),
    ],
)
def test_a_new_person_starts_in_the_browsers_zone_or_in_their_economys(
    client: FlaskClient, browser: str, origin: str, zone: str
) -> None:
    asked(client, "hana@firm.example")
    client.post(link_of_last_mail(), data=FORM | {"time_zone": browser, "origin": origin})
    assert db.session.scalars(select(Account.time_zone)).one() == zone


def test_every_economy_has_a_main_zone_that_exists() -> None:
    assert list(MAIN_ZONES) == [economy.code for economy in ECONOMIES]
    assert set(MAIN_ZONES.values()) <= set(zones_by_place())


def test_a_second_use_of_the_link_makes_no_second_account(client: FlaskClient) -> None:
    asked(client, "hang@firm.example")
    link = link_of_last_mail()
    client.post(link, data=FORM)
    response = client.post(link, data=FORM)
    assert response.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1


def test_addresses_that_differ_by_case_are_one_person(client: FlaskClient) -> None:
    make_account("rosa@firm.example")
    asked(client, "ROSA@Firm.Example")
    assert outbox() == [("rosa@firm.example", "accounts/already_member")]


def test_an_address_with_a_domain_in_another_script_is_one_with_its_ascii_form(client: FlaskClient) -> None:
    asked(client, "hana@例え.example")
    client.post(link_of_last_mail(), data=FORM)
    account = db.session.scalars(select(Account)).one()
    assert account.email_key == "hana@例え.example"
    client.post("/sign-out")
    asked(client, "hana@xn--r8jz45g.example")
    assert outbox()[-1] == ("hana@例え.example", "accounts/already_member")


def test_a_changed_link_is_refused_in_words(client: FlaskClient) -> None:
    asked(client, "hana@firm.example")
    response = client.get(link_of_last_mail()[:-2] + "xx")
    assert response.status_code == 410
    assert "This link is not complete." in words(response.text)


def test_names_of_ten_thousand_signs_are_refused_at_their_fields_and_nothing_is_lost(client: FlaskClient) -> None:
    asked(client, "hana@firm.example")
    response = client.post(link_of_last_mail(), data=FORM | {"given_name": "ก" * 10_000, "family_name": "x" * 10_000})
    assert response.status_code == 422
    assert field_errors(response) == {
        "given_name": "Use at most 100 signs.",
        "family_name": "Use at most 100 signs.",
    }
    assert "ก" * 10_000 in response.text
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_password_that_is_guessed_first_is_refused(client: FlaskClient) -> None:
    asked(client, "hana@firm.example")
    link = link_of_last_mail()
    for password, error in (
        ("short", "Use at least 10 signs. A few words in a row are a good password."),
        ("aaaaaaaaaaaaaaa", "This password is guessed first. Choose another, a few words in a row for example."),
        ("Hana@Firm.example", "This password is guessed first. Choose another, a few words in a row for example."),
    ):
        response = client.post(link, data=FORM | {"password": password})
        assert field_errors(response) == {"password": error}


def test_what_is_no_address_is_refused(client: FlaskClient) -> None:
    for typed in ("rosa", "rosa@", "a@b\r\nBcc: c@d.example", "x" * 10_000 + "@firm.example"):
        response = client.post("/sign-up", data={"email": typed})
        assert response.status_code in {409, 422}
        assert list(field_errors(response)) == ["email"]
    assert outbox() == []


def test_mails_for_one_address_are_limited(client: FlaskClient) -> None:
    for _ in range(5):
        asked(client, "hana@firm.example")
    response = client.post("/sign-up", data={"email": "hana@firm.example"})
    assert response.status_code == 429
    assert "There were too many attempts. Please try again in 60 minutes." in words(response.text)
    assert len(outbox()) == 5
