"""The page of verification and the holder's own pages."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.views import public
from gtn_events.core.db import db
from gtn_events.core.patience import MissCounter
from gtn_events.core.permissions import Scope
from tests.factories import grant_role, make_account, sign_in

from .examples import FORUM, KEY, issue_request


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts with a client that has missed nothing."""
    monkeypatch.setattr(public, "_misses", MissCounter(misses=3, window=timedelta(minutes=10)))


def _issued(now: datetime, **values: object) -> Certificate:
    certificate, _ = issue_certificate(issue_request(1, **values), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate


def _main(page: str) -> str:
    return " ".join(html.fromstring(page).get_element_by_id("main").text_content().split())


def test_anybody_sees_whom_a_certificate_names_and_that_it_stands(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial

    response = client.get(f"/verify/{serial}")

    assert response.status_code == 200
    text = _main(response.text)
    assert text.startswith("Valid The network issued this certificate, and it stands. Certificate of participation")
    for part in ("Siriporn Wattanakul", "GTN Forum 2013 in Jakarta, Indonesia", serial, "7 June 2013"):
        assert part in text
    own = html.fromstring(response.text).find_class("verified-own")[0]
    assert (own.get("lang"), own.text_content()) == ("th", "สิริพร วัฒนากุล")


def test_a_revoked_certificate_says_so_and_keeps_the_reason_to_itself(client: FlaskClient, now: datetime) -> None:
    certificate = _issued(now)
    serial = certificate.serial
    revoke_certificate(certificate, reason="Forged attendance.", actor=None, now=now)
    db.session.commit()

    response = client.get(f"/verify/{serial}")

    assert response.status_code == 200
    assert _main(response.text).startswith("Revoked The network took this certificate back on 2 May 2013.")
    assert "Forged" not in response.text


def test_an_unknown_serial_is_not_found_and_stays_in_the_form(client: FlaskClient) -> None:
    response = client.get("/verify/P13-000001-ABCDEF")

    assert response.status_code == 404
    page = html.fromstring(response.text)
    assert page.get_element_by_id("serial").value == "P13-000001-ABCDEF"
    assert page.get_element_by_id("serial-error").text_content().strip().startswith("There is no certificate")


def test_right_number_with_wrong_check_letters_is_not_found(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial

    assert client.get(f"/verify/{serial[:-6]}000000").status_code == 404


def test_a_serial_in_another_spelling_leads_to_the_same_page(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial

    typed = client.get("/verify", query_string={"serial": f" {serial.lower().replace('0', 'o')} "})
    spelled = client.get(typed.location)

    assert (typed.status_code, spelled.status_code) == (302, 302)
    assert spelled.location == f"/verify/{serial}"


def test_what_cannot_be_a_serial_is_explained_at_the_field(client: FlaskClient) -> None:
    response = client.get("/verify", query_string={"serial": "<hello>"})

    assert response.status_code == 404
    page = html.fromstring(response.text)
    assert page.get_element_by_id("serial").value == "<hello>"
    assert page.get_element_by_id("serial-error").text_content().strip().startswith("This does not look like a serial.")


def test_a_client_that_tries_many_serials_has_to_wait(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial
    for number in range(3):
        assert client.get(f"/verify/P13-00000{number}-AAAAAA").status_code == 404

    response = client.get(f"/verify/{serial}")

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 600


def test_whoever_tries_serials_waits_for_proofs_as_for_pages(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial
    for number in range(3):
        assert client.get(f"/verify/P13-00000{number}-AAAAAA/proof.json").status_code == 404

    answers = [client.get(f"/verify/{serial}"), client.get(f"/verify/{serial}/proof.json")]

    assert [each.status_code for each in answers] == [429, 429]
    assert all(0 < int(each.headers["Retry-After"]) <= 600 for each in answers)


def test_misses_are_forgotten_after_the_window(now: datetime) -> None:
    counter = MissCounter(misses=2, window=timedelta(minutes=10))
    counter.miss("client", now=now)
    counter.miss("client", now=now + timedelta(minutes=1))

    assert counter.wait("client", now=now + timedelta(minutes=2)) == timedelta(minutes=8)
    assert counter.wait("client", now=now + timedelta(minutes=10)) == timedelta(0)
    assert counter.wait("another", now=now) == timedelta(0)


def test_a_holder_sees_and_downloads_their_own(client: FlaskClient, now: datetime) -> None:
    account = make_account("siriporn@firm.example")
    certificate = _issued(now, holder_account_id=account.id)
    serial = certificate.serial
    sign_in(client, account)

    listed = client.get("/certificates")
    download = client.get(f"/certificates/{serial}.pdf")

    assert serial in _main(listed.text)
    assert download.status_code == 200
    assert download.content_type == "application/pdf"
    assert download.headers["Content-Disposition"] == f"attachment; filename={serial}_WATTANAKUL.pdf"
    assert download.data.startswith(b"%PDF-")


def test_the_home_page_names_the_certificates_that_stand(client: FlaskClient, now: datetime) -> None:
    account = make_account("siriporn@firm.example")
    certificate = _issued(now, holder_account_id=account.id)
    serial = certificate.serial
    sign_in(client, account)

    before = _main(client.get("/home").text)
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()
    after = _main(client.get("/home").text)

    assert f"Number {serial}" in before
    assert serial not in after


def test_others_do_not_learn_of_a_certificate(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now, holder_account_id=make_account("siriporn@firm.example").id).serial
    stranger = make_account("other@firm.example")
    grant_role(stranger, Role.ORGANISER, Scope("forum", FORUM.id + 1))
    sign_in(client, stranger)

    assert client.get(f"/certificates/{serial}.pdf").status_code == 404
    assert serial not in client.get("/certificates").text


def test_an_organiser_of_the_forum_downloads_any(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, FORUM)
    sign_in(client, organiser)

    assert client.get(f"/certificates/{serial}.pdf").data.startswith(b"%PDF-")


def test_a_revoked_certificate_cannot_be_downloaded(client: FlaskClient, now: datetime) -> None:
    account = make_account("siriporn@firm.example")
    certificate = _issued(now, holder_account_id=account.id)
    serial = certificate.serial
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()
    sign_in(client, account)

    response = client.get(f"/certificates/{serial}.pdf")

    assert response.status_code == 410
    assert "was revoked and cannot be downloaded any more" in response.text


def test_the_export_lists_certificates_and_the_erasure_takes_the_name_out(client: FlaskClient, now: datetime) -> None:
    account = make_account("siriporn@firm.example")
    certificate = _issued(now, holder_account_id=account.id)
    serial = certificate.serial

    exported = export_person(account)["certificates"]
    erase_person(account, now=now)
    db.session.commit()

    assert [(each["serial"], each["status"]) for each in exported] == [(serial, "valid")]
    page = client.get(f"/verify/{serial}")
    assert "The name was erased" in _main(page.text)
    assert "Wattanakul" not in page.text
