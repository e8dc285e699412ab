"""The ticket as a PDF."""

from dataclasses import replace
from io import BytesIO

from flask import Flask
from pypdf import PdfReader

from gtn_events.forum.documents_ticket import TicketEntry, TicketFacts, ticket_pdf

FACTS = TicketFacts(
    forum_title="GTN Forum 2013",
    city="Jakarta",
    host_economy_name="Indonesia",
    dates="5 and 6 June 2013",
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
    entries=(TicketEntry(when="Wed 5 June, 14:00", title="Green public procurement", place="Room 2"),),
)


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
