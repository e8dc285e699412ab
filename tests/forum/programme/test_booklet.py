"""The booklet as people will read it."""

import io
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.forum.documents_programme import first_words, programme_booklet
from tests.factories import make_side_event

from .sample import make_programme

pytestmark = pytest.mark.usefixtures("database")


def read(data: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(io.BytesIO(data)).pages]


def test_booklet_holds_the_whole_programme(app: Flask) -> None:
    forum = make_programme()
    make_side_event(forum, "Procurement clinic")
    reader = PdfReader(io.BytesIO(programme_booklet(forum)))
    pages = [each.extract_text() for each in reader.pages]
    text = "\n".join(pages)

    assert "Contents" in pages[1]
    assert [name in text for name in ("Opening", "Cold chains off the grid", "Lunch", "Procurement clinic")] == [
        True
    ] * 4
    assert "Hana MORI 森 はな, Kitakaze Filters, Japan" in text
    assert all(page.strip() for page in pages)
    assert [each["/Title"] for each in reader.outline if isinstance(each, dict)] == [
        "Contents",
        "Wednesday 5 June",
        "Thursday 6 June",
        "Side events",
        "Speakers",
    ]


def test_same_programme_gives_the_same_bytes(app: Flask) -> None:
    forum = make_programme()

    assert programme_booklet(forum) == programme_booklet(forum)


def test_characters_without_a_font_do_not_stop_the_booklet(app: Flask) -> None:
    forum = make_programme()
    forum.title = "GTN Forum \U0001f33f 2013"

    assert "GTN" in read(programme_booklet(forum))[0]


def test_long_abstracts_end_after_a_sentence() -> None:
    text = "One sentence is here. " * 30

    assert first_words(text, 50) == "One sentence is here. One sentence is here."
    assert first_words("word " * 30, 22) == "word word word word …"
    assert first_words("**Short** text.", 50) == "Short text."


def test_command_writes_the_file(app: Flask, tmp_path: Path) -> None:
    make_programme()
    file = tmp_path / "booklet.pdf"

    result = app.test_cli_runner().invoke(args=["programme-pdf", "gtn-forum-2013", "-o", str(file)])

    assert (result.exit_code, file.read_bytes()[:5]) == (0, b"%PDF-")


def test_command_names_a_forum_that_is_not_there(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["programme-pdf", "nowhere", "-o", str(tmp_path / "x.pdf")])

    assert (result.exit_code, result.output) == (1, "There is no forum nowhere.\n")
