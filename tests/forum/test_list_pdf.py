"""The list of participants as a PDF: every template, side and language, read back as a reader of PDFs gives it."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle, islice, product
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.core.economies import ECONOMIES, DelegationClass
from gtn_events.core.permissions import Scope
from gtn_events.designs.enums import Orientation
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design, DesignSignatory
from gtn_events.forum.documents_participants import list_pdf
from gtn_events.forum.enums import DelegationFunction
from gtn_events.forum.list_wording import FAMILY
from gtn_events.forum.listed import ListedGroup, ListedPerson, ListFacts
from tests.certificates.designs import full_design, kept_pictures
from tests.names import NAMES, Name, letters
from tests.pdf_pictures import alternatives
from tests.pdf_structure import faults_of_structure, languages_of

AS_OF = datetime.fromisoformat("2013-06-05T09:30+07:00")
SHAPES = [(each.name, side) for each in templates(FAMILY).values() for side in each.orientations]
SIGNED = (DesignSignatory(name="Dewi Lestari", role="Host organiser"),)
POINTS = 72 / 25.4  # in a millimetre
MARGINS = {"list": 18, "directory": 13}

pytestmark = pytest.mark.usefixtures("database")


def design(template: str, side: Orientation = Orientation.PORTRAIT, **values: Any) -> Design:
    return Design(template=template, orientation=side, **values)


def facts(groups: Iterable[tuple[str, DelegationClass, Sequence[Name]]], **values: Any) -> ListFacts:
    number, made = 0, []
    for economy, without, names in groups:
        people = []
        for place, name in enumerate(names):
            number += 1
            people.append(line(number, name, head=bool(economy) and place == 0))
        made.append(ListedGroup(economy=economy, delegation_class=without, people=people))
    listed = ListFacts(
        forum_title="GTN Forum 2013",
        city="Jakarta",
        host_economy_name="Indonesia",
        first_day=date(2013, 6, 5),
        last_day=date(2013, 6, 6),
        as_of=AS_OF,
        only_attended=False,
        groups=made,
    )
    return replace(listed, **values)


def line(number: int, name: Name, *, head: bool = False) -> ListedPerson:
    return ListedPerson(
        number=number,
        name=f"{name.given} {name.family.upper()}",
        own_script_name=name.own_script,
        own_script_language=name.language or "und",
        function=DelegationFunction.HEAD.value if head else "",
        position="Director",
        organisation="Institute of Clean Production",
    )


def economies(count: int, of_each: Sequence[int]) -> list[tuple[str, DelegationClass, list[Name]]]:
    names = cycle(NAMES)
    found = zip(ECONOMIES[:count], cycle(of_each), strict=False)
    return [(each.short_name, DelegationClass.ECONOMY, list(islice(names, size))) for each, size in found]


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize(("template", "side"), SHAPES)
def test_every_name_stands_there_in_its_own_script(app: Flask, template: str, side: Orientation) -> None:
    data = list_pdf(facts(economies(12, [1, 3])), design(template, side), version=0)
    text = letters(" ".join(pages(data)))
    wanted = [letters(each) for name in NAMES for each in (f"{name.given} {name.family.upper()}", name.own_script)]
    assert [each for each in wanted if each not in text] == []
    assert languages_of(data) == {"en", *(each.language for each in NAMES if each.language)}


@pytest.mark.parametrize(("shape", "language"), list(product(SHAPES, ["en", "es", "fr", "zh-Hans", "ja"])))
def test_a_list_has_the_words_of_its_language(app: Flask, shape: tuple[str, Orientation], language: str) -> None:
    template, side = shape
    groups = [*economies(1, [2]), ("", DelegationClass.OBSERVER, NAMES[:1]), ("", DelegationClass.GUEST, NAMES[1:2])]
    data = list_pdf(facts(groups, only_attended=True), design(template, side, language=language), version=4)
    words = {
        "en": "List of participants|4 participants from 1 economy|As of 5 June 2013, 09:30|Those who attended|"
        "Head of delegation|Official observers|Guests|version 4",
        "es": "Lista de participantes|4 participantes de 1 economía|5 de junio de 2013, 09:30|Solo quienes asistieron|"
        "Jefatura de la delegación|Observadores oficiales|Invitados|versión 4",
        "fr": "Liste des participants|4 participants de 1 économie|État au 5 juin 2013|Personnes ayant effectivement|"
        "À la tête de la délégation|Observateurs officiels|Invités|version 4",
        "zh-Hans": "与会者名单|4名与会者，来自1个经济体|截至2013年6月5日|仅列实际出席者|代表团团长|"
        "官方观察员|嘉宾|第4版",
        "ja": "参加者名簿|参加者4名（1エコノミー）|2013年6月5日09:30現在|実際に出席した方|代表団長|"
        "公式オブザーバー|ゲスト|第4版",
    }
    text = letters(" ".join(pages(data)))
    assert [each for each in words[language].split("|") if letters(each) not in text] == []
    heading = words[language].split("|")[0]
    assert faults_of_structure(data, title=f"{heading}: GTN Forum 2013", lang=language) == []


def test_what_has_no_words_of_ours_stays_english_and_is_marked_so(app: Flask) -> None:
    own = {"heading": "Danh sách đại biểu"}
    data = list_pdf(facts(economies(2, [1])), design("list", language="vi", texts=own), version=1)
    text = " ".join(pages(data))
    assert ("Danh sách đại biểu" in text, "2 participants from 2 economies" in text) == (True, True)
    assert languages_of(data) == {"vi", "en"}


def test_heads_of_columns_stand_on_each_page_and_economies_that_go_on_say_so(app: Flask) -> None:
    reader = PdfReader(io.BytesIO(list_pdf(facts(economies(12, [17, 9])), design("list"), version=0)))
    found = [[each.strip() for each in page.extract_text().splitlines()] for page in reader.pages[1:]]
    goes_on = [lines[0].startswith("No Title and name") for lines in found]
    assert [any(each.startswith("No Title and name") for each in lines) for lines in found] == [True] * len(found)
    assert [any(each.endswith(", continued") for each in lines) for lines in found] == goes_on
    assert set(goes_on) == {True, False}


@pytest.mark.parametrize(("template", "side"), SHAPES)
def test_no_economy_stands_last_on_a_page_without_its_people(app: Flask, template: str, side: Orientation) -> None:
    names = {each.short_name for each in ECONOMIES}
    lonely = []
    for size in (1, 3, 4):
        data = list_pdf(facts(economies(21, [size])), design(template, side), version=0)
        for page in PdfReader(io.BytesIO(data)).pages:
            lines = [each.strip() for each in page.extract_text().splitlines() if each.strip()]
            above_foot = [each for each in lines if "As of" not in each and not each.isdecimal()]
            lonely += [each for each in above_foot[-3:] if each in names]
    assert lonely == []


@pytest.mark.parametrize(("template", "side"), SHAPES)
def test_economies_of_one_person_each_begin_on_the_first_page(app: Flask, template: str, side: Orientation) -> None:
    found = pages(list_pdf(facts(economies(21, [1])), design(template, side), version=0))
    assert "HUAMÁN ÑAUPARI" in found[0]
    assert all(sum(each.short_name in page for each in ECONOMIES) >= 2 for page in found[1:-1])


@pytest.mark.parametrize("template", ["list", "directory"])
def test_nobody_signs_a_page_without_a_name_on_it(app: Flask, template: str) -> None:
    without = []
    for count in range(1, 40, 2):
        listed = facts([("Peru", DelegationClass.ECONOMY, [Name("Rosa", "Huaman")] * count)])
        signed = design(template, signatories=SIGNED, texts={"closing": "This list is correct."})
        last = pages(list_pdf(listed, signed, version=1))[-1]
        without += [] if "HUAMAN" in last and "Dewi Lestari" in last else [count]
    assert without == []


@pytest.mark.parametrize(("template", "side"), SHAPES)
def test_long_names_and_words_stay_within_the_margins(app: Flask, template: str, side: Orientation) -> None:
    longest = Name("M" * 40, "W" * 60, "พัทธรนิษฐนันท์" * 5, "th")
    wide = replace(line(1, longest), position="P" * 120, organisation="G" * 160)
    group = ListedGroup(economy="Peru", delegation_class=DelegationClass.ECONOMY, people=[wide] * 3)
    listed = replace(facts([]), forum_title="F" * 120, groups=[group])
    signed = design(
        template, side, signatories=(DesignSignatory(name="N" * 60, role="R" * 80),) * 2, texts={"closing": "C" * 400}
    )
    document = pypdfium2.PdfDocument(list_pdf(listed, signed, version=1))
    out = []
    for page in document:
        text = page.get_textpage()
        width, margin = page.get_width(), MARGINS[template] * POINTS - 1
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0]]  # not what pdfium says of ends of lines
        out += [box for box in boxes if box[0] < margin or box[2] > width - margin or box[1] < 0]
    assert out == []


@pytest.mark.parametrize(("template", "side"), SHAPES)
def test_logos_and_signatures_are_shown_and_read_out(
    app: Flask, now: datetime, template: str, side: Orientation
) -> None:
    whole = full_design(template, side, kept_pictures(now, Scope("forum", 7)))
    data = list_pdf(facts(economies(2, [2])), whole, version=1)
    wanted = {"Logo 1", "Logo 2", "Logo 3", "Signature of Trần Minh Hà", "Signature of Lucía Rojas"}
    assert alternatives(data) & wanted == wanted
    pictures = [page for page in PdfReader(io.BytesIO(data)).pages if len(page.images)]
    assert len(pictures) >= 1


@pytest.mark.parametrize("template", ["list", "directory"])
def test_a_list_of_nobody_says_so(app: Flask, template: str) -> None:
    found = pages(list_pdf(facts([]), design(template), version=None))
    assert len(found) == 1
    assert "Nobody is listed." in found[0]
    assert "End of the list: 0 participants · Preview" in found[0]


def test_texts_are_filled_in_and_are_no_markup(app: Flask) -> None:
    own = {"heading": "<b>Who</b> is here", "introduction": "{people} in {place}[, of {economies}]\n{dates} & {as_of}"}
    text = pages(list_pdf(facts(economies(1, [2])), design("list", texts=own), version=1))[0]
    assert "<b>Who</b> is here" in text
    assert "2 participants in Jakarta, Indonesia, of 1 economy 5 and 6 June 2013 & 5 June 2013, 09:30" in text


@pytest.mark.parametrize("template", ["list", "directory"])
def test_long_lists_are_drawn_page_by_page_and_say_how_many_pages_there_are(
    app: Flask, caplog: pytest.LogCaptureFixture, template: str
) -> None:
    caplog.set_level("INFO")
    listed = facts(economies(21, [6]))
    data = list_pdf(listed, design(template), version=0)
    found = pages(data)
    assert f"Pages: {len(found)}" in found[0]
    feet = [(f"(Jakarta) {number}", f"{number} GTN Forum 2013") for number in range(1, len(found) + 1)]
    assert [any(foot in page for foot in each) for page, each in zip(found, feet, strict=True)] == [True] * len(found)
    assert [each for each in caplog.messages if "as a whole" in each] == []
    assert list_pdf(listed, design(template), version=0) == data
