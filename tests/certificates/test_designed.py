"""Certificates are issued with the design of their time, and keep it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.certificates.documents import certificate_page, certificate_pdf
from gtn_events.certificates.domain import (
    HolderNames,
    issue_certificate,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db
from gtn_events.core.pdf import MissingGlyphs, print_all
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import remove_orphans
from gtn_events.designs.copying import take_design
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import current_designs, keep_design
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.values import Design, DesignPicture
from tests.factories import make_account
from tests.pdf_pictures import alternatives
from tests.queries import count_queries

from .designs import full_design, kept_pictures
from .examples import FORUM, KEY, URL, issue_request

KIND = CertificateKind.PARTICIPATION
DESIGN = Design(template="participation")
THANKS = replace(DESIGN, texts={"heading": "With our thanks"})


def _kept(design: Design, now: datetime, scope: Scope = FORUM) -> DocumentDesign:
    kept = keep_design(scope, KIND, design, seen=None, actor=make_account(f"{design.texts}@x.example"), now=now)
    db.session.commit()
    return kept


def _issued(now: datetime, subject: int = 1) -> Certificate:
    certificate, _new = issue_certificate(issue_request(subject), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate


def test_certificate_is_issued_with_the_newest_design_of_its_scope_and_kind(database: None, now: datetime) -> None:
    _kept(DESIGN, now)
    newest = _kept(THANKS, now)
    _kept(replace(DESIGN, texts={"heading": "Another forum's"}), now, Scope("forum", 8))

    assert _issued(now).design == newest


def test_certificate_without_a_design_is_of_the_standard_template(database: None, now: datetime) -> None:
    certificate = _issued(now)

    assert (certificate.design_id, certificate.template) == (None, "participation")


def test_design_that_is_changed_later_leaves_what_was_issued_as_it_was(database: None, now: datetime) -> None:
    before = [_issued(now)]
    _kept(THANKS, now)
    before.append(_issued(now, 2))
    drawn = [certificate_pdf(each, verify_url=URL) for each in before]

    _kept(replace(DESIGN, texts={"heading": "Something else"}), now)
    db.session.expire_all()

    assert [certificate_pdf(each, verify_url=URL) for each in before] == drawn


def test_corrected_certificate_keeps_the_design_of_the_one_it_replaces(database: None, now: datetime) -> None:
    first = _kept(DESIGN, now)
    old = _issued(now)
    _kept(THANKS, now)

    names = HolderNames(given_name="Siri", family_name="W")
    new = reissue_certificate(old, names, reason="Misspelt.", secret_key=KEY, actor=None, now=now)

    assert new.design == first


def test_certificate_issued_again_after_it_was_revoked_has_the_design_of_that_day(
    database: None, now: datetime
) -> None:
    old = _issued(now)
    revoke_certificate(old, reason="Not there.", actor=None, now=now)
    newest = _kept(THANKS, now)

    assert (old.design, _issued(now + timedelta(days=1)).design) == (None, newest)


def test_designs_of_a_batch_are_read_at_once(database: None, now: datetime) -> None:
    newest = _kept(THANKS, now)
    requests = [issue_request(subject) for subject in range(1, 9)]
    requests += [replace(each, kind=CertificateKind.VOLUNTEER) for each in requests[:2]]

    with count_queries() as queries:
        issued = issue_certificates(requests, secret_key=KEY, actor=None, now=now)

    assert [each.design for each in issued] == [newest] * 8 + [None] * 2
    assert len([each for each in queries if "FROM designs_design" in each]) == 1
    assert current_designs({(FORUM, KIND), (FORUM, CertificateKind.VOLUNTEER)}) == {(FORUM, KIND): newest}


def test_letters_of_a_design_are_checked_before_a_number_is_spent(database: None, now: datetime) -> None:
    # As if a family of fonts were taken away after the design was kept.
    kept = DocumentDesign(
        scope_kind=FORUM.kind,
        scope_id=FORUM.id,
        kind=KIND,
        number=1,
        values=replace(DESIGN, texts={"closing": "Crab \U0001f980"}).as_dict(),
        created_at=now,
    )
    db.session.add(kept)
    db.session.flush()

    with pytest.raises(MissingGlyphs):
        issue_certificate(issue_request(), secret_key=KEY, actor=None, now=now)
    assert db.session.scalars(select(Certificate)).all() == []


def test_what_a_logo_shows_is_read_out_and_needs_no_font(database: None, now: datetime) -> None:
    logo, _signature = kept_pictures(now)
    described = DesignPicture(upload_id=logo.id, description="Port Lab \U0001f980 & <Co> {name}")
    kept = _kept(replace(DESIGN, logos=(described,)), now)

    issued = _issued(now)
    (printed,) = print_all([certificate_page(issued, verify_url=URL)])

    assert (issued.design, printed.problem, printed.as_whole) == (kept, "", "")
    assert described.description in alternatives(printed.data)


def test_certificates_are_printed_as_before_when_who_designed_them_has_their_data_erased(
    database: None, now: datetime
) -> None:
    designer = make_account("designer@x.example")
    elsewhere = Scope("forum", 8)
    design = full_design("participation", Orientation.LANDSCAPE, kept_pictures(now, elsewhere))
    source = keep_design(elsewhere, KIND, design, seen=None, actor=designer, now=now)
    take_design(source, FORUM, KIND, seen=None, actor=designer, now=now)
    issued = [_issued(now), _issued(now, 2)]
    issued[1].design = source
    before = [certificate_pdf(each, verify_url=URL) for each in issued]

    erase_person(designer, now=now)
    db.session.commit()
    remove_orphans(now + timedelta(days=365 * 100))

    assert [certificate_pdf(each, verify_url=URL) for each in issued] == before
