"""The agreement as a PDF: tagged, the same bytes each time, honest about what it is."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gtn_events.core.db import db
from gtn_events.incubation.documents import agreement_pdf, file_name
from gtn_events.incubation.domain.agreement_defaults import signatories_of
from gtn_events.incubation.domain.agreements import change_draft, decline, send_for_signature
from gtn_events.incubation.models import Agreement
from tests.incubation.placing import ACCEPTED, make_placement, sign_by_all, write
from tests.pdf_structure import faults_of_structure

NOW = datetime(2027, 7, 1, 3, 0, tzinfo=UTC)
PLAN = {
    "goals": ["ห้องเย็น <b>one</b> & two", "二つ目"],
    "learning": "Lines\nof text",
    "activities": [
        {"from": "2027-09-06", "to": "2027-09-20", "what": "Build", "where": "", "host": "", "guest": "", "output": ""}
    ],
    "gives": [{"who": "host", "what": "A desk", "terms": "free"}],
    "costs": [{"what": "Travel", "who": "firm", "amount": ""}],
    "figures": [{"name": "Orders", "unit": "papers", "from": "0", "to": "2"}],
    "risks": "Rain\U0001f9ca",
}


@pytest.fixture
def draft(database: None) -> Agreement:
    placement = make_placement()
    agreement = write(placement, placement.application.account)
    for number, party in enumerate(agreement.parties):
        party.name, party.email = party.name or f"Party {number}", party.email or f"party{number}@host.example"
    parties = signatories_of(agreement)
    change_draft(
        agreement,
        clauses=agreement.clauses,
        plan=PLAN,
        parties=parties,
        actor=placement.application.account,
        now=ACCEPTED,
    )
    db.session.commit()
    return agreement


def text_of(agreement: Agreement) -> str:
    pages = PdfReader(BytesIO(agreement_pdf(agreement))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_draft_says_on_every_page_that_it_is_one(draft: Agreement) -> None:
    pages = PdfReader(BytesIO(agreement_pdf(draft))).pages
    assert {"draft, not for signature" in page.extract_text() for page in pages} == {True}


def test_an_agreement_is_tagged_and_the_same_each_time(draft: Agreement) -> None:
    sign_by_all(draft, draft.placement.application.account)
    data = agreement_pdf(draft)
    assert faults_of_structure(data, title=f"Agreement {draft.placement}, version 1") == []
    assert (data == agreement_pdf(draft), file_name(draft)) == (True, f"{draft.placement}-agreement-1.pdf")


def test_all_that_is_signed_stands_in_it(draft: Agreement) -> None:
    sign_by_all(draft, draft.placement.application.account)
    text = text_of(draft)
    wanted = ("<b>one</b> & two", "A desk", "Orders", "6 Sep 2027", draft.sha256, "Disputes", "rosa@firm.example")
    assert [each for each in wanted if each not in text] == []


def test_a_declined_version_says_that_it_is_not_valid(draft: Agreement) -> None:
    send_for_signature(draft, actor=draft.placement.application.account, now=NOW)
    decline(draft, draft.parties[0], reason="No.", actor=None, now=NOW)
    assert "not valid: declined" in text_of(draft)


def test_a_long_name_stands_on_the_line_and_not_across_it(draft: Agreement) -> None:
    long = "Maximiliana-Alexandra " + "Wolfeschlegelsteinhausenbergerdorffwelchevoraltern" * 2
    draft.parties[0].name = long
    db.session.commit()
    sign_by_all(draft, draft.placement.application.account)
    heights: dict[int, list[float]] = {}

    def note(text: str, _current: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip() and text.strip() in long:
            heights.setdefault(round(size), []).append(matrix[5])

    PdfReader(BytesIO(agreement_pdf(draft))).pages[-1].extract_text(visitor_text=note)
    # The signature is written larger than the name below the line; heights grow downwards.
    written, printed = heights[max(heights)], heights[min(heights)]
    assert max(written) + min(heights) < min(printed)
