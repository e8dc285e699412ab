"""Badges as a PDF: every name in its letters, no text outside its badge."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PageObject, PdfReader

from gtn_events.core.pdf import MissingGlyphs, fitted_size
from gtn_events.core.pdf.families import SANS
from gtn_events.forum.documents_badges import BadgeEntry, BadgeFacts, badges_pdf, check_letters
from gtn_events.forum.enums import BadgeFormat
from tests.names import NAMES, letters
from tests.pdf_structure import faults_of_structure

ENTRY = BadgeEntry(day="Wednesday 5 June", time="14:00", title="Green public procurement", place="Room 2")
FACTS = BadgeFacts(
    forum_title="GTN Forum 2013",
    place_and_dates="Jakarta · 5 and 6 June 2013",
    venue="Balai Kartini",
    given_name="Naoki",
    family_name="Yamada",
    own_script_name="山田 直樹",
    own_script_language="ja",
    organisation_name="Sakura Kōgyō",
    representation="Japan",
    category_label="SME exhibitor",
    category_position=2,
    reference="GTN13-8R2M-1QW4",
    entries=(ENTRY,),
    back_text="Help desk: left of the stairs",
)
EVERYBODY = [
    replace(
        FACTS,
        given_name=name.given,
        family_name=name.family,
        own_script_name=name.own_script,
        own_script_language=name.language,
        category_position=number + 1,
        reference=f"GTN13-8R2M-{number:04}",
    )
    for number, name in enumerate(NAMES)
]
LONGEST = replace(FACTS, given_name="Wolfe" * 20, family_name="Schlegel" * 12, organisation_name="Cold Chain " * 18)


@pytest.mark.parametrize("paper", list(BadgeFormat))
def test_every_name_is_read_back_letter_by_letter(app: Flask, paper: BadgeFormat) -> None:
    with app.app_context():
        data = badges_pdf(EVERYBODY, paper, with_back=True, title="Badges")
    text = letters("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))
    for facts in EVERYBODY:
        assert letters(f"{facts.given_name}{facts.family_name.upper()}{facts.own_script_name}") in text
        assert facts.reference in text
    assert faults_of_structure(data, title="Badges") == []


def test_the_same_facts_give_the_same_bytes(app: Flask) -> None:
    with app.app_context():
        first, second = (badges_pdf(EVERYBODY[:3], BadgeFormat.SHEET_8, title="Badges") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("paper", "strip"), [(BadgeFormat.SINGLE, 505), (BadgeFormat.SHEET_8, 40 + 229)])
def test_the_longest_name_leaves_the_economy_above_the_strip(app: Flask, paper: BadgeFormat, strip: int) -> None:
    with app.app_context():
        data = badges_pdf([LONGEST], paper, title="Badges")
    assert 100 < _place(PdfReader(BytesIO(data)).pages[0], LONGEST.representation)[1] < strip


def test_a_back_stands_behind_its_front(app: Flask) -> None:
    with app.app_context():
        data = badges_pdf(EVERYBODY[:2], BadgeFormat.SHEET_4, with_back=True, title="Badges")
    front, back = PdfReader(BytesIO(data)).pages
    assert _place(front, "HUAMÁN") < _place(front, "NGUYỄN")
    assert _place(back, "Rosa") > _place(back, "Thị")


def test_backs_that_are_the_same_stand_behind_each_front(app: Flask) -> None:
    plain = [replace(each, entries=()) for each in EVERYBODY]
    with app.app_context():
        data = badges_pdf(plain, BadgeFormat.SINGLE, with_back=True, title="Badges")
    texts = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert [FACTS.venue in text for text in texts] == [False, True] * len(plain)
    assert [each.reference in text for each, text in zip(plain, texts[::2], strict=True)] == [True] * len(plain)
    assert faults_of_structure(data, title="Badges") == []


@pytest.mark.parametrize(("paper", "height"), [(BadgeFormat.SINGLE, 559), (BadgeFormat.SHEET_4, 32 + 529)])
def test_a_full_back_ends_above_what_the_organiser_wrote(app: Flask, paper: BadgeFormat, height: int) -> None:
    lines = ["Help desk: left of the stairs", "If something happens: ring 1", "Found this badge? Hand it in."]
    full = replace(
        FACTS, entries=(replace(ENTRY, title="Procurement that asks " * 3),) * 12, back_text="\n".join(lines)
    )
    with app.app_context():
        data = badges_pdf([full], paper, with_back=True, title="Badges")
    back = PdfReader(BytesIO(data)).pages[1]
    top_of_text = height - 28 - 17 * len(lines)
    assert top_of_text - 60 < _place(back, "More stands")[1] < top_of_text


def test_a_long_name_stays_whole_where_a_smaller_size_holds_it(app: Flask) -> None:
    long = replace(FACTS, family_name="Kanchanasirirattanasakulwong")
    with app.app_context():
        data = badges_pdf([long], BadgeFormat.SINGLE, title="Badges")
    assert "KANCHANASIRIRATTANASAKULWONG" in PdfReader(BytesIO(data)).pages[0].extract_text().splitlines()


def test_a_letter_that_no_font_has_is_named(app: Flask) -> None:
    with app.app_context(), pytest.raises(MissingGlyphs, match=r"U\+1200"):
        check_letters(replace(FACTS, own_script_name="ሀ"))


def test_words_stay_whole_down_to_the_legible_size_and_break_below() -> None:
    box = {"width": 100.0, "height": 60.0, "sizes": (40, 20, 10), "leading": 1.2}
    assert fitted_size(["Kim"], SANS, legible=10, **box) == 40
    assert fitted_size(["Wattanakul"], SANS, legible=10, **box) == 10
    assert fitted_size(["Wattanakul"], SANS, legible=20, **box) == 20


def _place(page: PageObject, word: str) -> tuple[float, float]:
    """Return where a word stands, from the left and from the top, in CSS pixels."""
    found: list[tuple[float, float]] = []

    def look(text: str, _matrix: list[float], place: list[float], *_rest: object) -> None:
        if word in text:
            found.append((place[4], place[5]))

    page.extract_text(visitor_text=look)
    return found[0]
