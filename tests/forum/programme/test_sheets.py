"""The agenda on one sheet, and the signs at the doors."""

import io
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.documents_door_signs import door_signs
from gtn_events.forum.documents_poster import programme_poster
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import Paper, SessionKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession
from tests.factories import MADE_AT, make_forum, make_side_event
from tests.names import NAMES, letters
from tests.pdf_pictures import picture
from tests.pdf_structure import faults_of_structure

from .sample import FIRST, make_programme

pytestmark = pytest.mark.usefixtures("database")

A3, A4 = (842, 1191), (595, 842)
AGENDA, SIGNS = "Agenda of the GTN Forum 2013", "Door signs of the GTN Forum 2013"
THIRTY_FIVE = "Großgerätebeschaffungsgemeinschafts"
FIFTY = "Donaudampfschifffahrtselektrizitätenhauptbetriebsw"


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def size_of(data: bytes) -> tuple[int, int]:
    box = PdfReader(io.BytesIO(data)).pages[0].mediabox
    return round(box.width), round(box.height)


def smallest_type(data: bytes, words: str) -> float:
    """Return the size in points in which a text is printed."""
    found: list[float] = []
    reader = PdfReader(io.BytesIO(data))
    reader.pages[0].extract_text(
        visitor_text=lambda text, cm, matrix, _font, size: (
            found.append(abs(size * matrix[3] * cm[3])) if words in text else None
        )
    )
    return round(min(found), 1)


def make_crowded(rooms: int, sessions: int, slug: str = "gtn-forum-2013") -> Forum:
    """Sessions with titles of long words in rooms with long names, half an hour each, one after another."""
    forum = make_forum(slug, title=f"Forum {FIFTY}")
    track = add_track(forum, name=f"Track {THIRTY_FIVE}", colour=3, actor=None, now=MADE_AT)
    places = [
        add_room(forum, name=f"{number} {THIRTY_FIVE}", seats=None, notes=FIFTY, actor=None, now=MADE_AT)
        for number in range(rooms)
    ]
    for number in range(sessions):
        step, place = divmod(number, rooms)
        day, step = divmod(step, 20)
        details = SessionDetails(
            title=f"{FIFTY} and {THIRTY_FIVE}, part {number}",
            starts_at=FIRST + timedelta(days=day, minutes=30 * step),
            minutes=30,
            room_id=places[place].id,
            track_id=track.id,
        )
        add_session(forum, details, actor=None, now=MADE_AT)
    db.session.commit()
    return forum


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, A4), (Paper.A3, A3)])
def test_agenda_is_one_tagged_sheet_with_everything(app: Flask, paper: Paper, size: tuple[int, int]) -> None:
    forum = make_programme()
    make_side_event(forum, "Procurement clinic")
    data = programme_poster(forum, paper)
    (text,) = pages_of(data)

    named = ("Opening", "Cold chains off the grid", "Buying green", "Lunch", "Second day", "Procurement clinic")
    assert [name in text.replace("\n", " ") for name in (*named, "Hall A", "Energy", "Thursday 6 June")] == [True] * 9
    assert size_of(data) == size
    assert faults_of_structure(data, title=AGENDA) == []


@pytest.mark.parametrize(("rooms", "sessions"), [(1, 1), (8, 60), (15, 320)])
def test_agenda_always_fits_one_page(app: Flask, rooms: int, sessions: int) -> None:
    data = programme_poster(make_crowded(rooms, sessions), Paper.A4)
    (text,) = pages_of(data)

    whole = letters(text)
    assert all(letters(f"part {number}") in whole for number in range(sessions))
    assert faults_of_structure(data, title=f"Agenda of the Forum {FIFTY}") == []


def test_a_session_beside_two_others_is_one_block(app: Flask) -> None:
    forum = make_forum()
    rooms = [add_room(forum, name=name, seats=60, notes="", actor=None, now=MADE_AT) for name in "AB"]
    track = add_track(forum, name="E", colour=3, actor=None, now=MADE_AT)
    # A break in between is a row of its own, through which no block goes.
    beside = [(1, 0, 60), (1, 60, 60), (1, 120, 30), (1, 150, 30)]
    for room, after, minutes in [(0, 0, 180), *beside]:
        details = SessionDetails(
            title=f"From {after}", starts_at=FIRST + timedelta(minutes=after), minutes=minutes, room_id=rooms[room].id
        )
        add_session(forum, replace(details, track_id=None if room else track.id), actor=None, now=MADE_AT)
    coffee = SessionDetails(
        title="Coffee",
        starts_at=FIRST + timedelta(minutes=120),
        minutes=10,
        kind=SessionKind.BREAK,
        room_id=rooms[1].id,
    )
    add_session(forum, coffee, actor=None, now=MADE_AT)
    db.session.commit()

    page = np.asarray(picture(programme_poster(forum, Paper.A4), dpi=150))
    blue = (page == (0xE2, 0xEF, 0xF6)).all(axis=2)
    edge = np.flatnonzero(blue.any(axis=0))[-1] - 4
    assert (np.diff(np.flatnonzero(blue[:, edge])) > 1).sum() == 1


def test_agenda_of_an_empty_programme_is_one_page(app: Flask) -> None:
    data = programme_poster(make_forum(), Paper.A4)

    assert len(pages_of(data)) == 1
    assert faults_of_structure(data, title=AGENDA) == []


def test_a_sign_for_each_room_and_day(app: Flask) -> None:
    data = door_signs(make_programme(), Paper.A4)
    pages = pages_of(data)

    heads = [
        [name for name in ("Hall A", "Room 201", "Wednesday 5 June", "Thursday 6 June") if name in page]
        for page in pages
    ]
    assert heads == [
        ["Hall A", "Wednesday 5 June"],
        ["Room 201", "Wednesday 5 June"],
        ["Hall A", "Thursday 6 June"],
    ]
    assert "09:00–10:15" in pages[0]
    assert "Hana Mori 森 はな" in pages[1].replace("\n", " ")
    assert [each["/Title"] for each in PdfReader(io.BytesIO(data)).outline if isinstance(each, dict)] == [
        "Hall A, Wednesday 5 June",
        "Room 201, Wednesday 5 June",
        "Hall A, Thursday 6 June",
    ]
    assert faults_of_structure(data, title=SIGNS) == []


def test_a_sign_is_read_from_three_metres(app: Flask) -> None:
    forum = make_forum()
    hall = add_room(forum, name="Hall A", seats=None, notes="", actor=None, now=MADE_AT)
    for number in range(8):
        title = f"Session {number}: what small producers of the 21 economies can do"
        starts_at = FIRST + timedelta(hours=number)
        details = SessionDetails(title=title, starts_at=starts_at, minutes=60, room_id=hall.id)
        session = add_session(forum, details, actor=None, now=MADE_AT)
        for person in range(2):
            speaker = add_speaker(forum, SpeakerDetails(name=f"Speaker {number}-{person}"), actor=None, now=MADE_AT)
            place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    data = door_signs(forum, Paper.A4)

    # Letters 5 mm high are read from three metres: capitals are 0.71 of the size.
    assert smallest_type(data, "Session") >= 20
    assert smallest_type(door_signs(forum, Paper.A3), "Session") >= 28
    assert "Speaker 7-1" in pages_of(data)[0]


def test_a_sign_of_a_full_day_and_long_words_is_one_page(app: Flask) -> None:
    data = door_signs(make_crowded(1, 20), Paper.A4)
    (text,) = pages_of(data)

    whole = letters(text)
    assert [letters(f"part {number}") in whole for number in range(20)] == [True] * 20
    assert letters(FIFTY) in whole


def test_a_side_event_stands_on_the_sign_of_its_room(app: Flask) -> None:
    forum = make_programme()
    early, late = (
        {"starts_at": FIRST + timedelta(hours=hour), "ends_at": FIRST + timedelta(hours=hour + 1)} for hour in (-1, 9)
    )
    make_side_event(forum, "Breakfast of buyers", room_name="Hall A", **early)
    make_side_event(forum, "Harbour evening", room_name="The harbour", **late)
    first, *others = (" ".join(page.split()) for page in pages_of(door_signs(forum, Paper.A4)))

    assert first.index("Breakfast of buyers") < first.index("09:00–10:15")
    assert [page for page in others if "Breakfast of buyers" in page] == []
    (harbour,) = (page for page in others if "Harbour evening" in page)
    assert "The harbour" in harbour


def test_a_name_in_own_script_is_not_said_twice_in_the_same_letters(app: Flask) -> None:
    forum = make_programme()
    session = db.session.scalars(select(ForumSession).where(ForumSession.forum_id == forum.id)).first()
    assert session
    details = SpeakerDetails(name="Minh Hà Trần", family_name="Trần", own_script_name="Trần Minh Hà")
    place_speaker(
        forum,
        session,
        add_speaker(forum, details, actor=None, now=MADE_AT),
        role=SpeakerRole.SPEAKER,
        actor=None,
        now=MADE_AT,
    )
    text = " ".join(pages_of(door_signs(forum, Paper.A4))).replace("\n", " ")

    assert "Minh Hà Trần" in text
    assert "Trần Minh Hà" not in text


def test_signs_without_any_session_say_so(app: Flask) -> None:
    data = door_signs(make_forum(), Paper.A4)

    assert "No session" in pages_of(data)[0]
    assert faults_of_structure(data, title=SIGNS) == []


def test_names_on_signs_and_titles_on_agendas_are_read_back_in_every_script(app: Flask) -> None:
    forum = make_forum()
    for number, name in enumerate(NAMES):
        hall = add_room(forum, name=f"Hall {number}", seats=None, notes="", actor=None, now=MADE_AT)
        title = name.own_script or "Plain"
        details = SessionDetails(title=title, language=name.language, starts_at=FIRST, minutes=45, room_id=hall.id)
        session = add_session(forum, details, actor=None, now=MADE_AT)
        of_speaker = SpeakerDetails(
            name=f"{name.given} {name.family}".strip(),
            family_name=name.family,
            own_script_name=name.own_script,
            own_script_language=name.language,
        )
        speaker = add_speaker(forum, of_speaker, actor=None, now=MADE_AT)
        place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    signs, agenda = pages_of(door_signs(forum, Paper.A4)), pages_of(programme_poster(forum, Paper.A3))

    read = [letters(page) for page in signs]
    assert [
        letters(f"{name.given}{name.family}{name.in_other_words}") in page
        for name, page in zip(NAMES, read, strict=True)
    ] == [True] * len(NAMES)
    whole = letters("".join(agenda))
    assert [letters(name.own_script) in whole for name in NAMES] == [True] * len(NAMES)
