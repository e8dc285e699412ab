"""Issuing and revoking certificates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.certificates.domain import issue_certificate, issue_certificates, revoke_certificate
from gtn_events.certificates.enums import CertificateStatus
from gtn_events.certificates.errors import AlreadyRevoked, ReasonMissing
from gtn_events.certificates.models import Certificate, CertificateSeries
from gtn_events.certificates.serials import make_serial
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.pdf import MissingGlyphs

from .examples import FACTS, KEY, issue_request


def _numbers() -> list[int]:
    return list(db.session.scalars(select(Certificate.number).order_by(Certificate.number)))


def test_numbers_of_a_series_have_no_gaps(database: None, now: datetime) -> None:
    for subject in (1, 2, 3):
        issue_certificate(issue_request(subject), secret_key=KEY, actor=None, now=now)
        db.session.commit()

    assert _numbers() == [1, 2, 3]
    assert list(db.session.scalars(select(Certificate.serial).order_by(Certificate.number))) == [
        make_serial("P13", number, secret_key=KEY) for number in (1, 2, 3)
    ]


def test_a_rolled_back_issue_gives_its_number_back(database: None, now: datetime) -> None:
    issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    issue_certificate(issue_request(2), secret_key=KEY, actor=None, now=now)
    db.session.rollback()

    issue_certificate(issue_request(3), secret_key=KEY, actor=None, now=now)
    db.session.commit()

    assert _numbers() == [1, 2]


def test_a_second_issue_returns_the_first_certificate(database: None, now: datetime) -> None:
    first, first_is_new = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)
    second, second_is_new = issue_certificate(issue_request(1, city="Bandung"), secret_key=KEY, actor=None, now=now)

    assert (first_is_new, second_is_new) == (True, False)
    assert second is first
    assert second.shown_facts == FACTS
    assert db.session.scalars(select(CertificateSeries.next_number)).all() == [2]


def test_many_at_once_leave_no_gap_and_give_one_subject_one_certificate(
    app: Flask, database: None, now: datetime
) -> None:
    def issue(subject: int) -> str:
        with app.app_context():
            certificate, _ = issue_certificate(issue_request(subject), secret_key=KEY, actor=None, now=now)
            serial = certificate.serial
            db.session.commit()
            return serial

    with ThreadPoolExecutor(6) as pool:
        serials = list(pool.map(issue, [1, 2, 3, 1, 1, 4, 2, 5, 1, 6, 3, 1]))

    assert len(set(serials)) == 6
    assert _numbers() == [1, 2, 3, 4, 5, 6]


def test_many_are_issued_together_as_one_by_one(database: None, now: datetime) -> None:
    alone, _ = issue_certificate(issue_request(2), secret_key=KEY, actor=None, now=now)

    one, two, three = issue_certificates(
        [issue_request(1), issue_request(2), issue_request(3)], secret_key=KEY, actor=None, now=now
    )

    assert two is alone
    assert [each.serial for each in (two, one, three)] == [
        make_serial("P13", number, secret_key=KEY) for number in (1, 2, 3)
    ]
    entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [each.subject_id for each in entries] == [alone.id, one.id, three.id]


def test_batches_at_once_leave_no_gap_and_give_one_subject_one_certificate(
    app: Flask, database: None, now: datetime
) -> None:
    def issue(subjects: list[int]) -> list[str]:
        with app.app_context():
            requests = [issue_request(each) for each in subjects]
            serials = [each.serial for each in issue_certificates(requests, secret_key=KEY, actor=None, now=now)]
            db.session.commit()
            return serials

    with ThreadPoolExecutor(4) as pool:
        serials = list(pool.map(issue, [[1, 2, 3], [3, 2, 4], [5, 1], [4, 6], [1, 2, 3, 4, 5, 6]]))

    assert len({each for part in serials for each in part}) == 6
    assert _numbers() == [1, 2, 3, 4, 5, 6]


def test_a_name_that_cannot_be_printed_spends_no_number(database: None, now: datetime) -> None:
    with pytest.raises(MissingGlyphs):
        issue_certificate(issue_request(1, family_name="Crab \U0001f980"), secret_key=KEY, actor=None, now=now)
    with pytest.raises(MissingGlyphs):
        issue_certificate(issue_request(1, own_script_name="\U0001f980"), secret_key=KEY, actor=None, now=now)

    assert _numbers() == []


def test_revoking_keeps_the_number_and_the_reason(database: None, now: datetime) -> None:
    certificate, _ = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)

    revoke_certificate(certificate, reason=" Issued by mistake. ", actor=None, now=now + timedelta(days=1))
    db.session.commit()

    assert certificate.status is CertificateStatus.REVOKED
    assert certificate.revoked_at == now + timedelta(days=1)
    assert certificate.revoke_reason == "Issued by mistake."
    entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [(each.action, each.reason) for each in entries] == [
        ("certificate issued", None),
        ("certificate revoked", "Issued by mistake."),
    ]


def test_a_new_certificate_can_follow_a_revoked_one(database: None, now: datetime) -> None:
    first, _ = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)
    revoke_certificate(first, reason="The name was misspelt.", actor=None, now=now)

    second, is_new = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)
    db.session.commit()

    assert is_new is True
    assert (first.number, second.number) == (1, 2)


def test_revoking_needs_a_reason_and_happens_once(database: None, now: datetime) -> None:
    certificate, _ = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)

    with pytest.raises(ReasonMissing) as missing:
        revoke_certificate(certificate, reason="  ", actor=None, now=now)
    assert missing.value.field == "reason"
    assert certificate.status is CertificateStatus.VALID

    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    with pytest.raises(AlreadyRevoked):
        revoke_certificate(certificate, reason="Again.", actor=None, now=now)
