"""Logos and signatures: kept for one place, small, shown on its certificates only."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from threading import Thread

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from gtn_events.certificates.design.previews import preview_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import UploadRefused, delete_upload, upload_path
from gtn_events.designs.checking import check_design, picture_purpose
from gtn_events.designs.enums import Orientation
from gtn_events.designs.errors import DesignRefused
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.pictures import LARGEST_SIDE, add_design_picture
from gtn_events.designs.unused import delete_unused_pictures
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from tests.factories import make_account
from tests.pdf_pictures import alternatives, picture
from tests.pdf_structure import faults_of_structure
from tests.queries import count_queries

from .designs import full_design, kept_pictures, logo_file
from .examples import FACTS, FORUM

KIND = CertificateKind.PARTICIPATION


def _with_logo(number: int) -> Design:
    return Design(template="participation", logos=(DesignPicture(upload_id=number, description="Port Lab"),))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_is_kept_for_its_place_and_not_larger_than_print_needs(
    database: None, now: datetime, form: str
) -> None:
    kept = add_design_picture(FORUM, logo_file(size=(2400, 1000), form=form), now=now)

    assert kept.purpose == picture_purpose(FORUM) == "designs of forum 7"
    with Image.open(upload_path(kept)) as stored:
        assert (stored.format, stored.width) == (form, LARGEST_SIDE)


@pytest.mark.parametrize(
    "file",
    [
        FileStorage(BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), filename="logo.svg"),
        FileStorage(BytesIO(b"%PDF-1.7"), filename="logo.png"),
        FileStorage(BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(1024 * 1024)), filename="logo.png"),
        FileStorage(BytesIO(b""), filename="logo.png"),
    ],
    ids=["drawing", "document", "too large", "empty"],
)
def test_what_is_no_small_picture_is_refused(database: None, now: datetime, file: FileStorage) -> None:
    with pytest.raises(UploadRefused):
        add_design_picture(FORUM, file, now=now)


def test_picture_of_another_place_or_one_that_was_deleted_is_refused(database: None, now: datetime) -> None:
    other = add_design_picture(Scope("forum", 8), logo_file(), now=now)
    deleted = add_design_picture(FORUM, logo_file(), now=now)
    delete_upload(deleted, now=now)

    for number in (other.id, deleted.id, 999):
        with pytest.raises(DesignRefused) as refused:
            check_design(_with_logo(number), FORUM, KIND)
        assert refused.value.field == "logo-1"
    signed = replace(
        Design(template="participation"), signatories=(DesignSignatory(name="A", role="", upload_id=other.id),)
    )
    with pytest.raises(DesignRefused) as refused:
        check_design(signed, FORUM, KIND)
    assert refused.value.field == "signatory-1"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_logo_of_each_kind_of_file_is_drawn_with_its_words(database: None, now: datetime, form: str) -> None:
    kept = add_design_picture(FORUM, logo_file(colour="#D00000", form=form), now=now)

    data = preview_certificate(KIND, _with_logo(kept.id), FACTS)

    colours = picture(data).crop((570, 50, 1100, 150)).getcolors(100_000)
    assert any(red > 190 and green < 40 and blue < 40 for _count, (red, green, blue) in colours or [])
    assert faults_of_structure(data, title="Certificate of participation: Siriporn WATTANAKUL, GTN Forum 2013") == []
    assert alternatives(data) >= {"Port Lab"}


@pytest.mark.parametrize("template", ["participation", "award", "frame"])
def test_logos_and_signatures_say_whose_they_are(database: None, now: datetime, template: str) -> None:
    kind = CertificateKind.AWARD if template == "award" else KIND
    design = full_design(template, Orientation.PORTRAIT, kept_pictures(now))
    check_design(design, FORUM, kind)

    data = preview_certificate(kind, design, replace(FACTS, prize="First prize" if template == "award" else ""))

    wanted = {"Logo 1", "Logo 2", "Logo 3", "Signature of Trần Minh Hà", "Signature of Lucía Rojas"}
    assert alternatives(data) >= wanted


def test_picture_that_somebody_saves_at_this_moment_is_not_deleted_as_unused(
    app: Flask, database: None, now: datetime
) -> None:
    kept, unused = (add_design_picture(FORUM, logo_file(), now=now - timedelta(days=2)) for _ in range(2))
    actor = make_account("designer@x.example")
    db.session.commit()

    def tidy_up() -> None:
        with app.app_context():
            delete_unused_pictures(FORUM, now=now)
            db.session.commit()

    keep_design(FORUM, KIND, _with_logo(kept.id), seen=None, actor=actor, now=now)
    other = Thread(target=tidy_up)
    other.start()
    other.join(1)  # SQLite lets it begin only when this one is over
    db.session.commit()
    other.join()
    db.session.expire_all()

    assert [each.deleted_at for each in (kept, unused)] == [None, now]


def test_preview_reads_its_pictures_at_once_and_writes_nothing(database: None, now: datetime) -> None:
    design = full_design("frame", Orientation.LANDSCAPE, kept_pictures(now))

    with count_queries() as queries:
        preview_certificate(KIND, design, FACTS)

    assert [each.split()[0] for each in queries] == ["SELECT"]
