"""The booklet as people will read it."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.forum.booklet_days import first_words
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import SpeakerRole
from tests.factories import MADE_AT, make_forum, make_side_event
from tests.names import NAMES, letters
from tests.pdf_structure import faults_of_structure

from .sample import FIRST, make_programme

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
        "Venue",
        "Notes",
        "Speakers",
    ]


def test_booklet_is_tagged(app: Flask) -> None:
    forum = make_programme()
    make_side_event(forum, "Procurement clinic")

    assert faults_of_structure(programme_booklet(forum), title="Programme of the GTN Forum 2013") == []


def test_booklet_of_a_bare_programme_is_tagged(app: Flask) -> None:
    forum = make_forum()
    add_session(forum, SessionDetails(title="Opening", starts_at=FIRST, minutes=45), actor=None, now=MADE_AT)

    assert faults_of_structure(programme_booklet(forum), title="Programme of the GTN Forum 2013") == []


def test_booklet_of_an_empty_programme_is_tagged(app: Flask) -> None:
    assert faults_of_structure(programme_booklet(make_forum()), title="Programme of the GTN Forum 2013") == []


def test_names_of_speakers_are_read_back_letter_by_letter(app: Flask) -> None:
    forum = make_forum()
    session = add_session(forum, SessionDetails(title="Opening", starts_at=FIRST, minutes=45), actor=None, now=MADE_AT)
    for name in NAMES:
        details = SpeakerDetails(
            name=f"{name.given} {name.family}".strip(),
            family_name=name.family,
            own_script_name=name.own_script,
            own_script_language=name.language,
        )
        speaker = add_speaker(forum, details, actor=None, now=MADE_AT)
        place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    data = programme_booklet(forum)

    text = letters("".join(read(data)))

    # Once below the session, once in the index.
    printed = [letters(f"{name.given}{name.family.upper()}{name.in_other_words}") for name in NAMES]
    assert {each: text.count(each) for each in printed} == dict.fromkeys(printed, 2)
    assert faults_of_structure(data, title="Programme of the GTN Forum 2013") == []


def test_a_word_longer_than_the_line_is_broken_not_cut_off(app: Flask) -> None:
    forum = make_forum(title="Zusammenarbeit" * 8)
    room = add_room(forum, name="Versammlungssaal" * 5, seats=None, notes="", actor=None, now=MADE_AT)
    details = SessionDetails(title="Beschaffungswesen" * 7, starts_at=FIRST, minutes=45, room_id=room.id)
    session = add_session(forum, details, actor=None, now=MADE_AT)
    host = SpeakerDetails(name="Stellvertretung" * 6, organisation="Umwelttechnik" * 8)
    speaker = add_speaker(forum, host, actor=None, now=MADE_AT)
    place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    make_side_event(forum, "Beschaffungswesen" * 7, slug="procurement")

    lines = [line for page in read(programme_booklet(forum)) for line in page.splitlines()]

    assert max(len(word) for line in lines for word in line.split()) < 90


def test_index_names_each_page_of_a_speaker_once_and_in_order(app: Flask) -> None:
    forum = make_forum()
    energy, policy = (add_track(forum, name=name, colour=1, actor=None, now=MADE_AT) for name in ("Energy", "Policy"))
    speaker = add_speaker(forum, SpeakerDetails(name="Hana Mori"), actor=None, now=MADE_AT)
    text = "A long abstract, so that each track has a page of its own. " * 6
    for number in range(12):
        track = policy if number % 3 else energy
        details = SessionDetails(
            title=f"Session {number}",
            starts_at=FIRST + timedelta(minutes=45 * (number // 3)),
            minutes=45,
            track_id=track.id,
            abstract=text,
        )
        session = add_session(forum, details, actor=None, now=MADE_AT)
        if number < 3 or number == 9:
            place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)

    pages = read(programme_booklet(forum))

    # Two sessions on one page are named once.
    found = re.search(r"Hana Mori ([\d, ]+)", pages[-1])
    assert found is not None
    named = [int(each) for each in found[1].split(",")]
    assert named == sorted({number for number, text in enumerate(pages[:-1], start=1) if "Hana Mori" in text})


@pytest.mark.parametrize("sessions", [2, 4, 6, 8])
def test_index_stays_on_its_page_and_side(app: Flask, sessions: int) -> None:
    forum = make_forum()
    speaker = add_speaker(forum, SpeakerDetails(name="Hana Mori"), actor=None, now=MADE_AT)
    for number in range(sessions):
        details = SessionDetails(
            title=f"Session {number}",
            starts_at=FIRST + timedelta(days=number // 4, minutes=45 * (number % 4)),
            minutes=45,
            abstract="A long abstract, so that not many stand on a page. " * 6,
        )
        session = add_session(forum, details, actor=None, now=MADE_AT)
        place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    data = programme_booklet(forum)
    reader = PdfReader(io.BytesIO(data))
    number = len(reader.pages)
    folio: list[float] = []
    reader.pages[-1].extract_text(
        visitor_text=lambda text, _cm, matrix, _font, _size: (
            folio.append(matrix[4]) if text.strip() == str(number) else None
        )
    )
    # Left pages have their number on the left, as the paper has it.
    assert [at < 200 for at in folio] == [number % 2 == 0]
    assert faults_of_structure(data, title="Programme of the GTN Forum 2013") == []


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
