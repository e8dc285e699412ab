"""A certificate with a wrong name is replaced, and both say so."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import export_person
from gtn_events.accounts.enums import Role
from gtn_events.certificates.domain import (
    HolderNames,
    issue_certificate,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from gtn_events.certificates.enums import CertificateStatus
from gtn_events.certificates.errors import AlreadyRevoked, NothingToCorrect, ReasonMissing
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.notifications import tell_of_correction
from gtn_events.certificates.proof.statement import statement_of
from gtn_events.core.db import db
from gtn_events.core.links import site_url
from gtn_events.core.outbox import OutboxMail, mail_kinds
from gtn_events.core.pdf import MissingGlyphs
from gtn_events.core.permissions import Scope
from tests.factories import grant_role, make_account, sign_in

from .examples import FORUM, KEY, issue_request

NAMES = HolderNames(given_name="Siriphon", family_name="Watanakul", own_script_name="ศิริพร", own_script_language="th")
TYPED = {
    "given_name": "Siriphon",
    "family_name": "Watanakul",
    "own_script_name": "ศิริพร",
    "own_script_language": "",
    "reason": "Misspelt.",
}


def _issued(now: datetime, **values: object) -> Certificate:
    certificate, _ = issue_certificate(issue_request(1, **values), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate


def _corrected(old: Certificate, now: datetime) -> Certificate:
    return reissue_certificate(old, NAMES, reason="Misspelt.", secret_key=KEY, actor=None, now=now)


def _main(page: str) -> str:
    return " ".join(html.fromstring(page).get_element_by_id("main").text_content().split())


def test_the_new_one_has_the_next_number_and_all_else_of_the_old_one(database: None, now: datetime) -> None:
    old = _issued(now)
    new = _corrected(old, now + timedelta(days=3))

    assert (old.status, new.status) == (CertificateStatus.REPLACED, CertificateStatus.VALID)
    assert (new.number, new.replaces, old.replaced_by) == (2, old, new)
    assert (new.shown_facts.given_name, new.shown_facts.own_script_name) == ("Siriphon", "ศิริพร")
    assert (new.facts["forum_title"], new.facts["role"]) == (old.facts["forum_title"], old.facts["role"])
    assert new.issued_on == (now + timedelta(days=3)).date()
    assert statement_of(new, {})["replaces"] == old.serial
    assert statement_of(old, {})["replaces"] == ""


def _mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_the_holder_gets_one_mail_with_the_new_number(database: None, now: datetime) -> None:
    holder = make_account("siriphon@firm.example")
    old = _issued(now, holder_account_id=holder.id)
    new = _corrected(old, now)

    (mail,) = _mails()
    assert (mail.template, mail.to_address, mail.scope_kind) == ("certificates/corrected", holder.email, FORUM.kind)
    told = f"new number: {new.serial}. It takes the place of {old.serial}, which no longer stands"
    address = site_url("certificates.verify", serial=new.serial)
    assert mail.subject == f"Your corrected certificate {new.serial}"
    for body in (mail.body_text, mail.body_html):
        assert (told in body, address in body) == (True, True)
    assert mail.template in mail_kinds(FORUM)
    tell_of_correction(new, now=now)
    assert _mails() == [mail]


def test_nobody_is_told_of_a_certificate_without_an_account(database: None, now: datetime) -> None:
    gone = make_account("gone@firm.example")
    gone.erased_at = now
    requests = [issue_request(number, holder_account_id=holder) for number, holder in ((1, None), (2, gone.id))]
    for old in issue_certificates(requests, secret_key=KEY, actor=None, now=now):
        _corrected(old, now)
    assert _mails() == []


def test_a_later_batch_keeps_the_corrected_one(database: None, now: datetime) -> None:
    new = _corrected(_issued(now), now)

    assert issue_certificates([issue_request(1)], secret_key=KEY, actor=None, now=now) == [new]


def test_a_corrected_one_can_be_corrected_again(database: None, now: datetime) -> None:
    first = _issued(now)
    second = _corrected(first, now)
    third = reissue_certificate(
        second, HolderNames(given_name="Siri", family_name="W"), reason="Again.", secret_key=KEY, actor=None, now=now
    )

    assert [each.status.value for each in (first, second, third)] == ["replaced", "replaced", "valid"]
    assert third.replaces is second


@pytest.mark.parametrize(
    ("names", "reason", "error"),
    [
        (NAMES, " ", ReasonMissing),
        (HolderNames(given_name="Rosa", family_name="Crab \U0001f980"), "Misspelt.", MissingGlyphs),
        (
            HolderNames(
                given_name="Siriporn",
                family_name="Wattanakul",
                own_script_name="สิริพร วัฒนากุล",
                own_script_language="th",
            ),
            "Misspelt.",
            NothingToCorrect,
        ),
    ],
)
def test_what_cannot_be_corrected_changes_nothing(
    database: None, now: datetime, names: HolderNames, reason: str, error: type[Exception]
) -> None:
    old = _issued(now)
    with pytest.raises(error):
        reissue_certificate(old, names, reason=reason, secret_key=KEY, actor=None, now=now)
    db.session.rollback()

    assert db.session.scalars(select(Certificate.revoked_at)).all() == [None]


def test_a_revoked_one_is_not_corrected(database: None, now: datetime) -> None:
    old = _issued(now)
    revoke_certificate(old, reason="Issued by mistake.", actor=None, now=now)

    with pytest.raises(AlreadyRevoked):
        _corrected(old, now)


def test_both_pages_of_verification_name_the_other(client: FlaskClient, now: datetime) -> None:
    old = _issued(now)
    new = _corrected(old, now)
    db.session.commit()
    serials = old.serial, new.serial

    before, after = (_main(client.get(f"/verify/{serial}").text) for serial in serials)
    assert before.startswith("Replaced The network replaced this certificate by a corrected one on 2 May 2013.")
    assert f"Replaced by {serials[1]}" in before
    assert after.startswith("Valid")
    assert f"Replaces {serials[0]}" in after


def test_an_organiser_corrects_a_name_and_comes_to_the_new_page(client: FlaskClient, now: datetime) -> None:
    holder = make_account("siriporn@firm.example")
    serial = _issued(now, holder_account_id=holder.id).serial
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, FORUM)
    sign_in(client, organiser)

    assert "Correct the names…" in client.get(f"/verify/{serial}").text
    form = html.fromstring(client.get(f"/certificates/{serial}/correct").text).forms[-1]
    refused = client.post(f"/certificates/{serial}/correct", data={**TYPED, "reason": ""})
    answer = client.post(f"/certificates/{serial}/correct", data=TYPED)

    assert (form.fields["given_name"], form.fields["own_script_language"]) == ("Siriporn", "th")
    assert (refused.status_code, "Say why the certificate is revoked" in refused.text) == (422, True)
    new = db.session.scalars(select(Certificate).where(Certificate.replaces_serial == serial)).one()
    assert (answer.status_code, answer.location) == (302, f"/verify/{new.serial}")
    assert (new.facts["own_script_language"], new.holder_account_id) == ("th", holder.id)
    assert [(each["status"], each["replaces"]) for each in export_person(holder)["certificates"]] == [
        ("valid", serial),
        ("replaced", None),
    ]


def test_a_replaced_one_leads_its_holder_to_the_new_one(client: FlaskClient, now: datetime) -> None:
    holder = make_account("siriporn@firm.example")
    old = _issued(now, holder_account_id=holder.id)
    new = _corrected(old, now)
    db.session.commit()
    serials = old.serial, new.serial
    sign_in(client, holder)

    answer = client.get(f"/certificates/{serials[0]}.pdf")
    assert answer.status_code == 410
    assert f"was replaced by {serials[1]}; download that one." in answer.text
    assert client.get(f"/certificates/{serials[1]}.pdf").data.startswith(b"%PDF-")


def test_nobody_else_corrects_or_learns_of_it(client: FlaskClient, now: datetime) -> None:
    holder = make_account("siriporn@firm.example")
    serial = _issued(now, holder_account_id=holder.id).serial
    assert client.get(f"/certificates/{serial}/correct").status_code == 302
    stranger = make_account("other@firm.example")
    grant_role(stranger, Role.ORGANISER, Scope("forum", FORUM.id + 1))
    for person in (holder, stranger):
        sign_in(client, person)
        assert client.get(f"/certificates/{serial}/correct").status_code == 404
        assert client.post(f"/certificates/{serial}/correct", data=TYPED).status_code == 404
    assert db.session.scalars(select(Certificate.number)).all() == [1]
