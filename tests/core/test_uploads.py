"""Files are what their content says, are named safely, and are refused with a text that helps."""

import hashlib
import io
import os
import struct
import zipfile
from datetime import datetime, timedelta

import pytest
from flask import Flask
from PIL import Image, ImageCms
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from gtn_events.core.db import db
from gtn_events.core.uploads import (
    FileKind,
    Upload,
    UploadRefused,
    delete_upload,
    remove_orphans,
    send_upload,
    store_upload,
    upload_path,
)
from gtn_events.core.uploads.serving import upload_folder

pytestmark = pytest.mark.usefixtures("database")
MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TABLES = (FileKind.CSV, FileKind.TEXT)
PICTURES = (FileKind.JPEG, FileKind.PNG)


def store(data: bytes, name: str, *allowed: FileKind, now: datetime, limit: int = 5 * MEGABYTE) -> Upload:
    return store_upload(
        FileStorage(io.BytesIO(data), filename=name), allowed=allowed, max_bytes=limit, owner_id=5, now=now
    )


def refusal(data: bytes, name: str, *allowed: FileKind, now: datetime, limit: int = 5 * MEGABYTE) -> str:
    with pytest.raises(UploadRefused) as refused:
        store(data, name, *allowed, now=now, limit=limit)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    return refused.value.message


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "green").save(buffer, kind, **options)
    return buffer.getvalue()


def display_p3() -> bytes:
    """A profile of wide-gamut screens: that of sRGB with the primaries of Display P3 (adapted to D50)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    # ICC.1:2022, 7.3: the table of tags stands after 128 bytes, each with its offset and size; 10.31: XYZ numbers.
    for at in range(132, 132 + 12 * struct.unpack_from(">I", profile, 128)[0], 12):
        name, offset = struct.unpack_from(">4sI", profile, at)
        if name in primaries:
            struct.pack_into(">3i", profile, offset + 8, *(round(each * 65536) for each in primaries[name]))
    return bytes(profile)


def coloured(mode: str, colour: object, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (20, 20), colour).save(buffer, kind, **options)  # type: ignore[arg-type]  # a colour of the mode
    return buffer.getvalue()


def blank_png(side: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    return buffer.getvalue()


def archive(*names: str, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return buffer.getvalue()


def test_stored_file_keeps_content_name_and_digest(now: datetime) -> None:
    upload = store(PDF, "Выписка 2013.pdf", FileKind.PDF, now=now)
    assert (upload.name, upload.content_type, upload.size) == ("Выписка 2013.pdf", "application/pdf", len(PDF))
    assert upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert upload_path(upload).read_bytes() == PDF
    assert [len(part) for part in upload.stored_as.split("/")] == [2, 2, 36]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\rosa\\scan.PDF", "scan.PDF"),
        ("scan\x00\r\nX: y.pdf", "scan X y.pdf"),
        ("名前.exe", "名前.exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_name_is_made_safe(now: datetime, name: str, kept: str) -> None:
    assert store(PDF, name, FileKind.PDF, now=now).name == kept


@pytest.mark.parametrize(
    ("data", "name", "allowed", "text"),
    [
        (b"", "empty.pdf", (FileKind.PDF,), "The file empty.pdf is empty (0 bytes). Choose another one."),
        (
            archive("a.txt"),
            "report.pdf",
            (FileKind.PDF,),
            "The file report.pdf is a ZIP archive. Choose a file of the kind PDF.",
        ),
        (SVG, "logo.png", PICTURES, "The file logo.png is an SVG drawing. Choose a file of the kind JPEG or PNG."),
        (SVG, "data.xml", (FileKind.XML,), "The file data.xml is an SVG drawing. Choose a file of the kind XML."),
        (
            b"<!DOCTYPE html><script>alert(1)</script>",
            "notes.txt",
            (FileKind.TEXT,),
            "The file notes.txt is a web page (HTML). Choose a file of the kind text.",
        ),
        (
            PDF[:20],
            "cut.pdf",
            (FileKind.PDF,),
            "The file cut.pdf is a PDF that is cut off. Choose a file of the kind PDF.",
        ),
        (
            picture("PNG"),
            "scan.pdf",
            (FileKind.PDF, FileKind.DOCX),
            "The file scan.pdf is a PNG file. Choose a file of the kind PDF or Word (DOCX).",
        ),
        (
            b"MZ\x90\x00" + b"\x00" * 60,
            "photo.jpg",
            PICTURES,
            "The file photo.jpg is a Windows program. Choose a file of the kind JPEG or PNG.",
        ),
        (
            b"\x00\xff" * 40,
            "table.csv",
            TABLES,
            "The file table.csv is of a kind that cannot be told. Choose a file of the kind CSV or text.",
        ),
        (
            archive("[Content_Types].xml", "word/document.xml", content=b"0" * 4 * MEGABYTE),
            "bomb.docx",
            (FileKind.DOCX,),
            "The file bomb.docx is an archive that grows far too large when it is unpacked. "
            "Choose a file of the kind Word (DOCX).",
        ),
        (
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "macro.docx",
            (FileKind.DOCX,),
            "The file macro.docx is an Office file with macros. Choose a file of the kind Word (DOCX).",
        ),
        (
            picture()[:300],
            "half.jpg",
            PICTURES,
            "The picture half.jpg is broken and cannot be opened. Save it again and retry.",
        ),
    ],
)
def test_refusal_says_what_the_file_is(
    now: datetime, data: bytes, name: str, allowed: tuple[FileKind, ...], text: str
) -> None:
    assert refusal(data, name, *allowed, now=now) == text


def test_refusal_of_a_large_file_names_its_size_and_the_limit(now: datetime) -> None:
    text = refusal(b"\xff\xd8\xff" + b"\x00" * 9_646_896, "retrato-rosa.jpg", *PICTURES, now=now)
    assert text == "The file retrato-rosa.jpg has 9.2 MB; the limit is 5 MB. Choose a smaller one."


def test_file_at_the_limit_is_taken(now: datetime) -> None:
    assert store(PDF, "a.pdf", FileKind.PDF, now=now, limit=len(PDF)).size == len(PDF)


def test_refused_file_leaves_nothing_on_the_disk(now: datetime) -> None:
    before = set(upload_folder().glob("*/*/*"))
    refusal(archive("a.txt"), "report.pdf", FileKind.PDF, now=now)
    assert set(upload_folder().glob("*/*/*")) == before


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", FileKind.DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", FileKind.XLSX),
        ("Name,姓名\n".encode(), "a.csv", FileKind.CSV),
        ("Текст\n".encode() * 900, "a.txt", FileKind.TEXT),
        (b'<?xml version="1.0"?><schedule/>', "a.xml", FileKind.XML),
        (picture("WEBP"), "a.webp", FileKind.WEBP),
    ],
)
def test_every_kind_is_known_by_its_content(now: datetime, data: bytes, name: str, kind: FileKind) -> None:
    assert store(data, name, *FileKind, now=now).content_type == kind.content_type


def test_picture_loses_its_place_and_stands_upright(now: datetime) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Rosa"
    upload = store(picture("JPEG", (60, 40), exif=exif, comment=b"secret"), "a.jpg", *PICTURES, now=now)
    with Image.open(upload_path(upload)) as stored:
        assert (stored.size, dict(stored.getexif()), stored.info.get("comment")) == ((40, 60), {}, None)
    assert b"Camera of Rosa" not in upload_path(upload).read_bytes()


def test_picture_is_made_smaller(now: datetime) -> None:
    upload = store(picture("PNG", (5000, 100)), "a.png", *PICTURES, now=now)
    with Image.open(upload_path(upload)) as stored:
        assert stored.size == (4000, 80)


def test_picture_with_too_many_pixels_is_refused_unopened(now: datetime) -> None:
    advice = "Choose one with at most 4000 pixels a side."
    assert refusal(blank_png(10_000), "big.png", *PICTURES, now=now) == (
        f"The picture big.png has 10000 x 10000 pixels, which is too many. {advice}"
    )
    assert refusal(blank_png(20_000), "bomb.png", *PICTURES, now=now) == (
        f"The picture bomb.png has far too many pixels. {advice}"
    )


def test_picture_with_a_program_behind_it_is_stored_without_it(now: datetime) -> None:
    upload = store(picture("PNG") + b"<?php evil();", "a.png", *PICTURES, now=now)
    assert b"evil" not in upload_path(upload).read_bytes()


def test_file_is_served_as_a_download_only(app: Flask, now: datetime) -> None:
    upload = store(PDF, "名簿.pdf", FileKind.PDF, now=now)
    with app.test_request_context():
        response = send_upload(upload)
        response.close()
    assert response.headers["Content-Disposition"].startswith('attachment; filename="file.pdf"')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_deleted_file_is_not_served(app: Flask, now: datetime) -> None:
    upload = store(PDF, "a.pdf", FileKind.PDF, now=now)
    delete_upload(upload, now=now)
    with app.test_request_context(), pytest.raises(NotFound):
        send_upload(upload)


def test_sweep_removes_deleted_and_orphaned_files_after_a_day(now: datetime) -> None:
    kept, deleted, orphan = (store(PDF, name, FileKind.PDF, now=now) for name in ("a.pdf", "b.pdf", "c.pdf"))
    paths = [upload_path(each) for each in (kept, deleted, orphan)]
    delete_upload(deleted, now=now)
    db.session.delete(orphan)
    db.session.commit()
    for path in paths:
        os.utime(path, (now.timestamp(), now.timestamp()))
    remove_orphans(now + timedelta(hours=23))
    assert [path.exists() for path in paths] == [True, True, True]
    remove_orphans(now + timedelta(hours=25))
    assert [path.exists() for path in paths] == [True, False, False]


def test_uploads_are_kept_outside_what_the_web_server_serves(app: Flask) -> None:
    assert app.static_folder is not None
    assert not upload_folder().is_relative_to(app.static_folder)


def test_picture_that_is_cut_off_is_refused_whatever_other_libraries_allow(now: datetime) -> None:
    whole = picture(size=(800, 600))
    assert refusal(whole[: len(whole) // 3], "half.jpg", *PICTURES, now=now) == (
        "The picture half.jpg is broken and cannot be opened. Save it again and retry."
    )


def test_picture_that_must_be_unpacked_whole_may_have_fewer_pixels(now: datetime) -> None:
    assert refusal(blank_png(6_000), "wall.png", *PICTURES, now=now) == (
        "The picture wall.png has 6000 x 6000 pixels, which is too many. Choose one with at most 4000 pixels a side."
    )


def test_picture_of_very_many_scans_is_refused_before_it_is_unpacked(now: datetime) -> None:
    whole = picture(progressive=True)
    start = whole.rindex(b"\xff\xda")
    assert store(whole, "plain.jpg", *PICTURES, now=now).content_type == "image/jpeg"
    db.session.rollback()
    assert refusal(whole[:start] + whole[start:-2] * 60 + whole[-2:], "bomb.jpg", *PICTURES, now=now) == (
        "The picture bomb.jpg is put together from too many layers. Save it again and retry."
    )


def test_archive_of_very_many_entries_is_refused_before_its_directory_is_read(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive("[Content_Types].xml", "word/document.xml", *map(str, range(5_000)))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refusal(data, "bomb.docx", FileKind.DOCX, now=now) == (
        "The file bomb.docx is an archive that grows far too large when it is unpacked. "
        "Choose a file of the kind Word (DOCX)."
    )


def test_page_that_is_a_pdf_as_well_is_a_page(now: datetime) -> None:
    assert refusal(b"<script>alert(1)</script>" + PDF, "a.pdf", FileKind.PDF, now=now) == (
        "The file a.pdf is a web page (HTML). Choose a file of the kind PDF."
    )
    assert store(b"\xef\xbb\xbf\r\n" + PDF, "b.pdf", FileKind.PDF, now=now).content_type == "application/pdf"


def test_moving_picture_keeps_its_first_frame_only(now: datetime) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("green", "red", "blue")]
    for kind, name in (("WEBP", "a.webp"), ("PNG", "a.png")):
        buffer = io.BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=100)
        upload = store(buffer.getvalue(), name, FileKind.PNG, FileKind.WEBP, now=now)
        with Image.open(upload_path(upload)) as stored:
            assert (stored.size, getattr(stored, "n_frames", 1)) == ((60, 40), 1)


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("RGB", (200, 100, 100), "PNG"),
        ("RGBA", (200, 100, 100, 128), "PNG"),
        ("RGB", (200, 100, 100), "WEBP"),
        ("RGB", (200, 100, 100), "JPEG"),
    ],
)
def test_a_wide_gamut_picture_comes_out_in_srgb_without_a_profile(
    now: datetime, mode: str, colour: tuple[int, ...], kind: str
) -> None:
    data = coloured(mode, colour, kind, icc_profile=display_p3())
    assert "icc_profile" in Image.open(io.BytesIO(data)).info
    with Image.open(upload_path(store(data, f"photo.{kind.lower()}", FileKind[kind], now=now))) as drawn:
        assert ("icc_profile" in drawn.info, drawn.mode) == (False, mode)
        shown = drawn.getpixel((10, 10))
    assert isinstance(shown, tuple)
    # By the matrix from Display P3 to sRGB (CSS Color 4); a lossy format may be a step beside it.
    assert [abs(have - want) <= 4 for have, want in zip(shown, (215, 93, 97, 128), strict=False)] == [True] * len(mode)


def test_a_wide_gamut_palette_is_drawn_in_srgb(now: datetime) -> None:
    picture = Image.new("RGB", (20, 20), (200, 100, 100)).quantize(4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", icc_profile=display_p3())
    with Image.open(upload_path(store(buffer.getvalue(), "photo.png", FileKind.PNG, now=now))) as drawn:
        red = drawn.convert("RGB").getpixel((10, 10))
        assert "icc_profile" not in drawn.info
    assert isinstance(red, tuple)
    assert abs(red[0] - 215) <= 2


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 5_000, display_p3()[:200]])
def test_a_broken_profile_is_left_out_and_the_picture_stays_as_it_is(now: datetime, profile: bytes) -> None:
    data = coloured("RGB", (200, 100, 100), "PNG", icc_profile=profile)
    with Image.open(upload_path(store(data, "photo.png", FileKind.PNG, now=now))) as drawn:
        assert ("icc_profile" in drawn.info, drawn.getpixel((10, 10))) == (False, (200, 100, 100))


def test_a_profile_of_other_colours_than_the_pictures_is_left_out(now: datetime) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = coloured("RGB", (200, 100, 100), "PNG", icc_profile=lab)
    with Image.open(upload_path(store(data, "photo.png", FileKind.PNG, now=now))) as drawn:
        assert ("icc_profile" in drawn.info, drawn.getpixel((10, 10))) == (False, (200, 100, 100))
