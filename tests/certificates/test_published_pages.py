"""The pages and files with which anybody checks a certificate, and the file that somebody sends."""

from datetime import datetime
from io import BytesIO

import pytest
from flask import current_app
from flask.testing import FlaskClient
from lxml import html

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.domain import HolderNames, issue_certificate, reissue_certificate, revoke_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.proof import keys
from gtn_events.certificates.proof.checking import Found, check_file
from gtn_events.certificates.proof.published import read_keys, read_list
from gtn_events.certificates.proof.sealing import finisher_of
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.factories import make_account

from .examples import KEY, URL, issue_request

WELL_KNOWN = "/.well-known/gtn-certificates"


def _issued(now: datetime, subject: int = 1, **values: object) -> Certificate:
    certificate, _ = issue_certificate(issue_request(subject, **values), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate


def _pdf(certificate: Certificate) -> bytes:
    finisher = finisher_of(current_app.config["SETTINGS"], now=clock.now())
    return finisher.finish(certificate_pdf(certificate, verify_url=URL), certificate)


def _main(page: str) -> str:
    return " ".join(html.fromstring(page).get_element_by_id("main").text_content().split())


def _found(page: str) -> list[str]:
    return html.fromstring(page).xpath("//article//li/@data-found")


def _send(client: FlaskClient, data: bytes) -> str:
    answer = client.post("/verify/file", data={"file": (BytesIO(data), "certificate.pdf")})
    assert answer.status_code == 200
    return answer.text


def test_published_files_alone_prove_a_certificate_and_its_revocation(client: FlaskClient, now: datetime) -> None:
    stands, taken = _issued(now), _issued(now, 2)
    revoke_certificate(taken, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()
    documents = [_pdf(stands), _pdf(taken)]

    trusted = read_keys(client.get(f"{WELL_KNOWN}/keys.json").data)
    revoked = read_list(client.get(f"{WELL_KNOWN}/revocations.json").data, trusted)

    assert [check_file(each, trusted, revoked).found[-1] for each in documents] == [Found.STANDS, Found.REVOKED]


def test_published_files_may_be_read_by_any_site_and_hold_nothing_private(client: FlaskClient, now: datetime) -> None:
    serial = _issued(now).serial

    for path in (f"{WELL_KNOWN}/keys.json", f"{WELL_KNOWN}/revocations.json", f"/verify/{serial}/proof.json"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert "PRIVATE" not in answer.text


def test_the_proof_of_a_certificate_is_public_until_its_name_is_erased(client: FlaskClient, now: datetime) -> None:
    account = make_account("siriporn@firm.example")
    serial = _issued(now, holder_account_id=account.id).serial
    trusted = read_keys(client.get(f"{WELL_KNOWN}/keys.json").data)
    proof = client.get(f"/verify/{serial}/proof.json")

    assert check_file(proof.data, trusted).found == [Found.SIGNED, Found.NO_PAGE, Found.NO_LIST]
    assert "What it says, signed" in _main(client.get(f"/verify/{serial}").text)
    erase_person(account, now=now)
    db.session.commit()
    assert client.get(f"/verify/{serial}/proof.json").status_code == 404
    assert "What it says, signed" not in _main(client.get(f"/verify/{serial}").text)
    assert client.get(f"/verify/{serial[:-6]}000000/proof.json").status_code == 404


def test_the_page_of_keys_says_which_signs_and_which_was_withdrawn(client: FlaskClient, now: datetime) -> None:
    folder = current_app.config["SETTINGS"].instance_dir
    first = keys.signing_key(folder, now=now).kid
    keys.withdraw(folder, first, now=now)
    second = keys.signing_key(folder, now=now).kid

    text = _main(client.get("/verify/keys").text)
    assert text.index(second) < text.index("Signs now") < text.index(first) < text.index("Withdrawn")
    assert client.get(f"{WELL_KNOWN}/{first}.pem").text.startswith("-----BEGIN PUBLIC KEY-----")
    assert client.get(f"{WELL_KNOWN}/nobody.pem").status_code == 404


def test_the_page_of_revocations_shows_numbers_and_no_names(client: FlaskClient, now: datetime) -> None:
    assert "No certificate was revoked" in _main(client.get("/verify/revocations").text)
    certificate = _issued(now)
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()

    page = client.get("/verify/revocations")
    (row,) = html.fromstring(page.text).xpath("//tbody/tr")
    assert [cell.text_content().strip() for cell in row] == [str(certificate.id), "2 May 2013", "Revoked"]
    assert certificate.serial not in page.text
    assert "Wattanakul" not in page.text


def test_a_file_that_is_sent_is_checked_and_shown(client: FlaskClient, now: datetime) -> None:
    certificate = _issued(now)
    page = _send(client, _pdf(certificate))

    assert _found(page) == ["signed", "file-same", "stands"]
    text = _main(page)
    assert "Genuine The network signed this certificate." in text
    assert "Siriporn Wattanakul" in text
    assert certificate.serial in text


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda pdf: pdf.replace(b'"Wattanakul"', b'"<b>Wattan>"'), ["changed-facts"]),
        (lambda pdf: pdf[:5000], ["no-proof"]),
        (lambda pdf: pdf + b"\n", ["signed", "file-changed", "stands"]),
        (lambda _pdf: b"no PDF at all", ["no-proof"]),
    ],
)
def test_a_spoilt_file_that_is_sent_is_told(
    client: FlaskClient, now: datetime, spoil: object, found: list[str]
) -> None:
    assert callable(spoil)
    page = _send(client, spoil(_pdf(_issued(now))))

    assert _found(page) == found
    assert "Genuine" not in _main(page)


def test_a_revoked_and_a_replaced_one_that_are_sent_say_so(client: FlaskClient, now: datetime) -> None:
    revoked, replaced = _issued(now), _issued(now, 2)
    documents = [_pdf(revoked), _pdf(replaced)]
    revoke_certificate(revoked, reason="Issued by mistake.", actor=None, now=now)
    names = HolderNames(given_name="Siri", family_name="Wattanakul")
    reissue_certificate(replaced, names, reason="Misspelt.", secret_key=KEY, actor=None, now=now)
    db.session.commit()

    assert [_found(_send(client, each))[-1] for each in documents] == ["revoked", "replaced"]


def test_no_file_is_asked_for_again(client: FlaskClient) -> None:
    for data in ({}, {"file": (BytesIO(b""), "certificate.pdf")}):
        answer = client.post("/verify/file", data=data)
        assert (answer.status_code, "No file was sent. Choose the PDF first." in answer.text) == (422, True)
    assert "Or check the PDF itself" in client.get("/verify/file").text


def test_every_kind_of_certificate_has_its_words_where_a_file_is_checked(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/verify").text)

    words = {each.get("data-kind"): each.text_content() for each in page.xpath("//*[@data-kind]")}
    assert words == {kind.value: kind.label for kind in CertificateKind}
