"""A booklet holds what was chosen, on the paper and in the languages that were chosen."""

import io
import logging
from datetime import datetime, timedelta

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.core.db import db
from gtn_events.core.pdf.door import ENGINE
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.print_options import keep_booklet_choice, keep_poster_paper, keep_sign_paper
from gtn_events.forum.domain.programme import mark_programme_changed
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, set_sponsor_logo
from gtn_events.forum.enums import BookletPart, BookletTheme, Paper, SponsorLevel
from gtn_events.forum.models import Forum, ForumSession, Room
from gtn_events.forum.queries.print_options import PrintChoice, print_choice
from tests.factories import MADE_AT, make_account, make_side_event
from tests.names import NAMES, letters
from tests.pdf_structure import faults_of_structure
from tests.pdf_told import told_by

from .sample import make_programme

pytestmark = pytest.mark.usefixtures("database")

A4, A5 = (595, 842), (420, 595)
TITLE = "Programme of the GTN Forum 2013"


def make_forum_with_everything() -> Forum:
    """A programme with a side event, a venue in words, and sponsors with and without a logo."""
    forum = make_programme()
    make_side_event(forum, "Procurement clinic")
    forum.practical = "### Getting there\nBy [ferry](https://ferry.example).\n\n- from the *north* pier"
    picture = io.BytesIO()
    Image.new("RGB", (80, 20), "green").save(picture, "PNG")
    picture.seek(0)
    bank = add_sponsor(
        forum,
        SponsorDetails(name="Selat Biru Bank", level=SponsorLevel.PRINCIPAL, link="https://selat-biru.example"),
        actor=None,
        now=MADE_AT,
    )
    set_sponsor_logo(bank, FileStorage(picture, filename="bank.png"), actor=None, now=MADE_AT)
    add_sponsor(forum, SponsorDetails(name="Couriers", level=SponsorLevel.SUPPORTER), actor=None, now=MADE_AT)
    db.session.commit()
    return forum


def read(data: bytes) -> tuple[list[str], PdfReader]:
    reader = PdfReader(io.BytesIO(data))
    return [page.extract_text() for page in reader.pages], reader


def chapters(reader: PdfReader) -> list[str]:
    return [each["/Title"] for each in reader.outline if isinstance(each, dict)]


@pytest.mark.parametrize("theme", BookletTheme)
@pytest.mark.parametrize(("paper", "size"), [(Paper.A5, A5), (Paper.A4, A4)])
def test_every_theme_on_every_paper_is_tagged(
    app: Flask, theme: BookletTheme, paper: Paper, size: tuple[int, int]
) -> None:
    data = programme_booklet(make_forum_with_everything(), PrintChoice(theme=theme, paper=paper))
    _pages, reader = read(data)

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {size}
    assert faults_of_structure(data, title=TITLE) == []


def test_everything_is_in_it_and_named_in_the_contents(app: Flask) -> None:
    pages, reader = read(programme_booklet(make_forum_with_everything()))

    assert chapters(reader)[3:] == ["Side events", "Venue", "Sponsors", "Notes", "Speakers"]
    assert [name in pages[1] for name in ("Venue", "Sponsors", "Notes", "Speakers")] == [True] * 4
    sponsors = next(page for page in pages[2:] if page.startswith("Sponsors") or "Principal sponsor" in page)
    assert [name in sponsors for name in ("Selat Biru Bank", "https://selat-biru.example", "Couriers")] == [True] * 3
    venue = next(page for page in pages[2:] if "Getting there" in page)
    assert [name in venue for name in ("By ferry.", "from the north pier", "Hall A", "420")] == [True] * 4


@pytest.mark.parametrize("part", BookletPart)
def test_a_part_that_was_not_chosen_is_not_in_it(app: Flask, part: BookletPart) -> None:
    parts = tuple(each for each in BookletPart if each is not part)
    data = programme_booklet(make_forum_with_everything(), PrintChoice(parts=parts, notes_pages=0))
    pages, reader = read(data)

    left_out = {
        BookletPart.SESSIONS: "Câmaras frias.",
        BookletPart.SIDE_EVENTS: "Side event of",
        BookletPart.VENUE: "Getting there",
        BookletPart.SPEAKERS: "Rosa HUAMÁN, Peru",
        BookletPart.SPONSORS: "Couriers",
    }
    text = "\n".join(pages)
    assert left_out[part] not in text
    assert "Notes" not in chapters(reader)
    assert faults_of_structure(data, title=TITLE) == []


def test_the_rooms_have_a_column_for_the_way_only_where_one_is_written(app: Flask) -> None:
    forum = make_programme()
    rooms = list(db.session.scalars(select(Room).where(Room.forum_id == forum.id)))
    told: list[bool] = []
    for notes in ("", "Second floor"):
        for room in rooms:
            room.notes = notes
        mark_programme_changed(forum, now=MADE_AT + timedelta(seconds=len(told)))
        db.session.commit()
        pages, _reader = read(programme_booklet(forum))
        told.append(any("How to find it" in page for page in pages))
    assert told == [False, True]


def test_only_the_days_at_a_glance(app: Flask) -> None:
    data = programme_booklet(make_forum_with_everything(), PrintChoice(parts=(), notes_pages=0))
    _pages, reader = read(data)

    assert chapters(reader) == ["Contents", "Wednesday 5 June", "Thursday 6 June"]
    assert faults_of_structure(data, title=TITLE) == []


def test_sessions_are_given_in_each_chosen_language(app: Flask) -> None:
    forum = make_programme()
    session = db.session.query(ForumSession).filter_by(title="Cold chains off the grid").one()
    spoken = [name for name in NAMES if name.language]
    for name in spoken:
        said = {"title": name.own_script, "abstract": f"**{name.own_script}**"}
        write_session_text(forum, session, name.language, **said, actor=None, now=MADE_AT)
    languages = tuple(dict.fromkeys(name.language for name in spoken))
    last = {name.language: name.own_script for name in spoken}
    data = programme_booklet(forum, PrintChoice(languages=("", *languages)))
    text = letters("".join(read(data)[0]))

    assert {each: text.count(letters(each)) for each in last.values()} == dict.fromkeys(last.values(), 2)
    assert letters("Câmaras frias.") in text
    assert faults_of_structure(data, title=TITLE) == []


def test_a_session_without_a_text_in_the_chosen_language_is_given_as_written(app: Flask) -> None:
    forum = make_programme()
    session = db.session.query(ForumSession).filter_by(title="Cold chains off the grid").one()
    said = {"title": "Rantai dingin", "abstract": "Tanpa listrik."}
    write_session_text(forum, session, "id", **said, actor=None, now=MADE_AT)
    text = "\n".join(read(programme_booklet(forum, PrintChoice(languages=("id",))))[0])

    assert [each in text for each in ("Rantai dingin", "Tanpa listrik.", "Buying green")] == [True] * 3
    assert "Cold chains off the grid" not in text


def test_a_choice_is_remembered(app: Flask, now: datetime) -> None:
    forum = make_programme()
    choice = PrintChoice(
        theme=BookletTheme.QUILT,
        paper=Paper.A4,
        parts=(BookletPart.VENUE,),
        languages=("", "id"),
        notes_pages=0,
        poster_paper=Paper.A4,
        sign_paper=Paper.A3,
    )
    organiser = make_account()
    assert print_choice(forum) == PrintChoice()
    for _again in range(2):
        keep_booklet_choice(forum, choice, actor=organiser, now=now)
        keep_poster_paper(forum, choice.poster_paper, actor=organiser, now=now)
        keep_sign_paper(forum, choice.sign_paper, actor=organiser, now=now)
        db.session.commit()
        assert print_choice(forum) == choice
    assert programme_booklet(forum) == programme_booklet(forum, choice)


@pytest.mark.parametrize("paper", [Paper.A5, Paper.A4])
def test_booklet_drawn_page_by_page_tells_what_it_tells_drawn_as_a_whole(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, paper: Paper
) -> None:
    caplog.set_level(logging.INFO, logger="gtn_events.core.pdf.long.book")
    forum = make_forum_with_everything()
    page_by_page = programme_booklet(forum, PrintChoice(paper=paper))

    monkeypatch.setattr("gtn_events.core.pdf.door.LONG", ENGINE)

    assert told_by(page_by_page) == told_by(programme_booklet(forum, PrintChoice(paper=paper)))
    assert caplog.records == []
