"""A PDF keeps to the number of pages that its field allows; they are counted in the file."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfWriter
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from gtn_events.core.db import db
from gtn_events.core.uploads import FileKind, Upload, UploadRefused, store_upload
from gtn_events.core.uploads.serving import upload_folder

pytestmark = pytest.mark.usefixtures("database")


def pdf(pages: int, *, password: str | None = None) -> bytes:
    """A PDF of empty pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=100, height=100)
    if password is not None:
        writer.encrypt(password, owner_password="owner")  # of a file made for this test
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def store(data: bytes, name: str = "slides.pdf", *, most: int | None, now: datetime) -> Upload:
    file = FileStorage(io.BytesIO(data), filename=name)
    kinds = (FileKind.PDF, FileKind.TEXT)
    return store_upload(file, allowed=kinds, max_bytes=1_000_000, max_pages=most, owner_id=None, now=now)


def files() -> set[Path]:
    return {path for path in upload_folder().glob("*/*/*") if path.is_file()}


@pytest.mark.parametrize("most", [15, None])
def test_pdf_within_its_limit_is_taken(now: datetime, most: int | None) -> None:
    assert store(pdf(15), most=most, now=now).content_type == "application/pdf"


def test_longer_pdf_is_refused_in_words_and_nothing_stays(now: datetime) -> None:
    before = files()
    with pytest.raises(UploadRefused, match=r"slides.pdf has 16 pages; the limit is 15 pages. Choose a shorter one."):
        store(pdf(16), most=15, now=now)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    assert files() == before


def test_one_page_is_said_as_one(now: datetime) -> None:
    with pytest.raises(UploadRefused, match="has 2 pages; the limit is 1 page"):
        store(pdf(2), most=1, now=now)


@pytest.mark.parametrize(
    "data",
    [
        pdf(1, password="secret"),
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n",
        pdf(3)[:200] + b"%%EOF",
        pdf(2).replace(b"/Pages", b"/Pagez"),
    ],
    ids=["password", "empty", "cut off", "without pages"],
)
def test_pdf_whose_pages_cannot_be_counted_is_refused_with_what_to_do(now: datetime, data: bytes) -> None:
    with pytest.raises(UploadRefused, match="cannot be counted: the PDF is broken or has a password"):
        store(data, most=15, now=now)


def test_pdf_that_opens_without_a_password_is_counted(now: datetime) -> None:
    with pytest.raises(UploadRefused, match="has 3 pages"):
        store(pdf(3, password=""), most=2, now=now)


def test_other_kinds_have_no_pages(now: datetime) -> None:
    assert store(b"A text.", "text.txt", most=1, now=now).name == "text.txt"
