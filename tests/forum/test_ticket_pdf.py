"""The ticket as a PDF."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.forum.documents_ticket import TicketEntry, ticket_pdf
from tests.names import NAMES, Name, letters
from tests.pdf_structure import faults_of_structure

from .tickets import FACTS


def _text(data: bytes) -> str:
    return " ".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())


def test_a_ticket_says_who_comes_to_what_and_with_which_number(app: Flask) -> None:
    with app.app_context():
        text = _text(ticket_pdf(FACTS))

    for part in (
        "GTN Forum 2013 Jakarta, Indonesia · 5 and 6 June 2013",
        "Naoki YAMADA 山田 直樹 Sakura Kōgyō Japan SME exhibitor GTN13-8R2M-1QW4",
        "Wed 5 June, 14:00 Green public procurement Room 2",
    ):
        assert part in text


def test_the_same_facts_give_the_same_bytes(app: Flask) -> None:
    with app.app_context():
        assert ticket_pdf(FACTS) == ticket_pdf(FACTS)


def test_every_category_has_a_strip_however_many_there_are(app: Flask) -> None:
    with app.app_context():
        for position in (1, 4, 5, 9):
            assert "SME exhibitor" in _text(ticket_pdf(replace(FACTS, category_position=position)))


@pytest.mark.parametrize("name", NAMES)
def test_a_ticket_is_tagged_and_its_name_is_read_back_letter_by_letter(app: Flask, name: Name) -> None:
    facts = replace(
        FACTS,
        given_name=name.given,
        family_name=name.family,
        own_script_name=name.own_script,
        own_script_language=name.language,
    )
    with app.app_context():
        data = ticket_pdf(facts)

    printed = letters(f"{name.given}{name.family.upper()}{name.own_script}{FACTS.organisation_name}")
    assert printed in letters(_text(data))
    assert faults_of_structure(data, title=f"GTN Forum 2013: {facts.holder_name}, {facts.reference}") == []


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_ticket_is_tagged_whatever_number_of_side_events_it_lists(app: Flask, count: int) -> None:
    entries = tuple(
        TicketEntry(when=f"Wed 5 June, 14:{number:02}", title="Green public procurement", place="Room 2" * (number % 2))
        for number in range(count)
    )
    with app.app_context():
        data = ticket_pdf(replace(FACTS, entries=entries))

    assert faults_of_structure(data, title=f"GTN Forum 2013: Naoki YAMADA, {FACTS.reference}") == []
    assert "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).count("Green public") == count
