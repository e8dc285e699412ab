"""The engine: tagged, repeatable documents in every script, closed to everything outside."""

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import Markup
from pypdf import PdfReader
from weasyprint.formatting_structure.boxes import Box

from gtn_events.core.pdf import MissingGlyphs, render_parts, render_pdf
from gtn_events.core.pdf.fetcher import AssetFetcher, AssetMissing
from gtn_events.core.templating import template_folder
from tests.names import letters

NAMES = [
    ("es", "Rosa HUAMÁN ÑAUPARI"),
    ("vi", "Trần Thị Hà NGUYỄN"),
    ("ru", "Анна Щербакова"),
    ("ja", "山田 直樹"),
    ("ko", "김민준"),
    ("zh-Hans", "李明轩"),
    ("zh-Hant", "陳怡君"),
]
PAGE = """{% extends "pdf/document.html" %}{% block body %}<h1>Names</h1>
{% for lang, name in names %}<p lang="{{ lang }}">{{ name }}</p>{% endfor %}{{ more }}{% endblock %}"""


@pytest.fixture
def template(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A template folder of the test's own, below a copy of the folder of templates."""
    folder = tmp_path / "templates"
    (folder / "pdf" / "trial").mkdir(parents=True)
    source = Path(str(app.jinja_loader.searchpath[0]))  # type: ignore[union-attr]  # Flask's own loader
    shutil.copy(source / "pdf" / "document.html", folder / "pdf" / "document.html")
    (folder / "pdf" / "trial" / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "pdf" / "trial" / "style.css").write_text("p { font-size: 14px }", encoding="utf-8")
    monkeypatch.setattr("gtn_events.core.pdf.engine._FOLDER", folder / "pdf")
    monkeypatch.setattr("gtn_events.core.pdf.engine._fetcher", AssetFetcher(folder / "pdf"))
    before = app.jinja_loader.searchpath  # type: ignore[union-attr]
    app.jinja_loader.searchpath = [str(folder)]  # type: ignore[union-attr]
    with app.app_context():
        yield "trial"
    app.jinja_loader.searchpath = before  # type: ignore[union-attr]


def test_names_of_every_script_are_read_back_as_they_were_written(template: str) -> None:
    data = render_pdf(template, {"names": NAMES}, title="Names")

    lines = PdfReader(BytesIO(data)).pages[0].extract_text().splitlines()

    assert [line.strip() for line in lines if line.strip()] == ["Names", *(name for _, name in NAMES)]


def test_a_thai_name_uses_the_thai_font(template: str) -> None:
    data = render_pdf(template, {"names": [("th", "ปิ่นแก้ว น้ำทิพย์")]}, title="Names")

    page = PdfReader(BytesIO(data)).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in page["/Resources"]["/Font"].values()}

    assert fonts == {"Noto-Sans-Bold", "Noto-Sans-Thai"}
    assert letters(page.extract_text()) == letters("Names ปิ่นแก้ว น้ำทิพย์")


def test_no_letter_of_a_thai_name_is_lost_beside_other_names(template: str) -> None:
    names = ["ญาดา มานะ", "น้ำทิพย์ ค่ำ", "กำธร ฝั้น", "ปิ่นแก้ว น้ำฝน", "ผู้ใหญ่ ฟ้า", "ณัฏฐ์ กฤษฎิ์"]
    data = render_pdf(template, {"names": [("th", name) for name in names]}, title="Names")

    assert letters(PdfReader(BytesIO(data)).pages[0].extract_text()) == letters("".join(["Names", *names]))


def test_the_same_input_gives_the_same_bytes(template: str) -> None:
    one, other = (render_pdf(template, {"names": NAMES}, title="Names") for _ in range(2))

    assert one == other


def test_a_document_is_tagged_and_says_its_title_and_language(template: str) -> None:
    reader = PdfReader(BytesIO(render_pdf(template, {"names": NAMES[:1]}, lang="es", title="Nombres")))

    catalog = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Nombres"
    assert catalog["/Lang"] == "es"
    assert catalog["/MarkInfo"]["/Marked"] is True or bool(catalog["/MarkInfo"]["/Marked"])
    assert reader.metadata.creation_date is None


def test_a_character_that_no_font_has_fails_the_document(template: str) -> None:
    with pytest.raises(MissingGlyphs) as caught:
        render_pdf(template, {"names": [("en", "Kofi \U0001f980")]}, title="Names")

    assert caught.value.characters == ["\U0001f980"]


def test_text_is_escaped(template: str) -> None:
    data = render_pdf(template, {"names": [("en", "<b>Rosa</b> & Co")]}, title="Names")

    assert "<b>Rosa</b> & Co" in PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "ftp://example.org/picture.png",
        "//example.org/picture.png",
    ],
)
def test_the_fetcher_refuses_everything_outside(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match=r"disallowed protocol|Not an absolute URI"):
        AssetFetcher(tmp_path).fetch(address)


@pytest.mark.parametrize("name", ["nothing.png", "../secret.png", "..%2Fsecret.png", "page.html", ""])
def test_the_fetcher_serves_only_what_documents_show_below_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "pdf" / "page.html").write_text("page", encoding="utf-8")

    with pytest.raises(AssetMissing):
        AssetFetcher(tmp_path / "pdf").fetch(f"https://assets.invalid/{name}")


@pytest.mark.parametrize(("name", "kind"), [("mark.svg", "image/svg+xml"), ("report.css", "text/css")])
def test_the_fetcher_serves_a_named_picture_or_style(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(b"<svg/>")

    response = AssetFetcher(tmp_path).fetch(f"https://assets.invalid/{name}")

    assert response.read() == b"<svg/>"
    assert response.content_type == kind


def test_web_process_starts_without_the_engine() -> None:
    code = "import gtn_events.app, sys; sys.exit(bool({'weasyprint', 'uharfbuzz', 'pydyf'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_page_that_stands_in_several_places_is_laid_out_once(template: str) -> None:
    parts = [{"names": [("en", "Ana Example")]}, {"names": [("ja", "山田 直樹")]}]

    data = render_parts(template, parts, order=[0, 1, 0, 1, 1], title="Names")

    texts = [letters(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]
    ana, naoki = letters("Names Ana Example"), letters("Names 山田 直樹")
    assert texts == [ana, naoki, ana, naoki, naoki]
    assert data == render_parts(template, parts, order=[0, 1, 0, 1, 1], title="Names")


def test_a_part_that_has_more_pages_than_were_expected_is_no_document(template: str) -> None:
    with pytest.raises(LookupError, match="1 pages were drawn, 2 were expected"):
        render_parts(template, [{"names": NAMES}], order=[0, 1], title="Names")


def test_each_tagged_element_names_its_page_among_many(template: str) -> None:
    data = render_parts(template, [{"names": NAMES[:1]}], order=[0] * 40, title="Names")

    reader = PdfReader(BytesIO(data))
    document = reader.root_object["/StructTreeRoot"]["/K"][0].get_object()
    headings = [each.get_object() for each in document["/K"] if each.get_object()["/S"] == "/H1"]
    pages = [page.indirect_reference for page in reader.pages]
    assert [each.raw_get("/Pg") for each in headings] == pages


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector of cycles as the application has it: on."""
    gc.enable()
    yield
    gc.disable()


def test_the_collector_is_on_again_after_a_document_that_failed(template: str, collector: None) -> None:
    with pytest.raises(MissingGlyphs):
        render_pdf(template, {"names": [("en", "ሀ")]}, title="Names")

    assert gc.isenabled()


def test_items_of_lists_have_their_numbers(template: str) -> None:
    more = Markup("<ol><li>first</li><li>second</li></ol>")
    data = render_pdf(template, {"names": [], "more": more}, title="Names")

    words = PdfReader(BytesIO(data)).pages[0].extract_text().split()
    assert sorted(words) == ["1.", "2.", "Names", "first", "second"]


def test_no_document_has_notes_or_items_outside_lists() -> None:
    """``PageTree`` gives these no style."""
    styles = [
        path.read_text("utf-8") for path in template_folder().glob("pdf/**/*.*") if path.suffix in {".css", ".html"}
    ]

    assert [
        word for word in ("footnote", "note-", "list-item", "::marker") if any(word in each for each in styles)
    ] == []


def test_a_picture_that_is_kept_keeps_no_document(template: str, tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "templates" / "pdf" / "trial" / "kept.svg").write_text(svg, encoding="utf-8")
    more = Markup('<img src="kept.svg" alt="A square"><img src="qr:ABC" alt="A code">')
    of_others = boxes()  # what an earlier test keeps is not what this one asks about

    first, second = (render_pdf(template, {"names": NAMES, "more": more}, title="Names") for _ in range(2))

    known = set(map(id, of_others))
    assert [each for each in boxes() if id(each) not in known] == []
    assert first == second


def boxes() -> list[Box]:
    """Return every box that something still holds."""
    gc.collect()
    return [each for each in gc.get_objects() if issubclass(type(each), Box)]
