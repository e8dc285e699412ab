"""The certificate as a PDF."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gtn_events.certificates.design.sizes import NAME_WIDTH, fitted_name
from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.domain import issue_certificate
from gtn_events.certificates.facts import ParticipationFacts
from gtn_events.core.db import db
from gtn_events.core.pdf import text_width
from gtn_events.core.pdf.families import SERIF
from tests.names import NAMES, Name, letters
from tests.pdf_structure import faults_of_structure

from .examples import FACTS, KEY, issue_request

URL = "https://gtn.example/verify/P13-000001-ABCDEF"


def _text(data: bytes) -> str:
    return " ".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())


def _pdf(now: datetime, **facts: object) -> bytes:
    certificate, _ = issue_certificate(issue_request(1, **facts), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate_pdf(certificate, verify_url=URL)


def test_a_certificate_says_who_took_part_in_what(database: None, now: datetime) -> None:
    data = _pdf(now, own_script_name="", given_name="Thị Hà", family_name="Nguyễn")

    text = _text(data)
    assert "Certificate of participation Thị Hà NGUYỄN took part in the GTN Forum 2013 in Jakarta, Indonesia," in text
    assert "on 5 and 6 June 2013, as head of the delegation of Thailand. Present on both days." in text
    assert "Check it at gtn.example/verify Issued on 7 June 2013" in text


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_is_tagged_and_its_names_are_read_back_letter_by_letter(
    database: None, now: datetime, name: Name
) -> None:
    data = _pdf(
        now,
        given_name=name.given,
        family_name=name.family,
        own_script_name=name.own_script,
        own_script_language=name.language,
    )

    holder = f"{name.given} {name.family.upper()}".strip()
    assert letters(f"{holder}{name.own_script}took part") in letters(_text(data))
    assert faults_of_structure(data, title=f"Certificate of participation: {holder}, GTN Forum 2013") == []


def test_the_same_certificate_gives_the_same_bytes(database: None, now: datetime) -> None:
    certificate, _ = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=now)

    assert certificate_pdf(certificate, verify_url=URL) == certificate_pdf(certificate, verify_url=URL)


def test_it_is_one_page_whatever_the_name(database: None, now: datetime) -> None:
    data = _pdf(
        now,
        given_name="María Guadalupe Esperanza de los Ángeles",
        family_name="Fernández de Córdoba Villavicencio y Santisteban del Campo",
        own_script_name="พัทธรนิษฐนันท์ ธรรมรงค์รัตนโชติกุล-สิริวัฒนภักดี ณ อยุธยา",
        forum_title="APEC SMEs Green Technology Network Forum on Green Procurement and Co-incubation 2013",
    )

    assert len(PdfReader(BytesIO(data)).pages) == 1


def test_a_person_without_an_economy_has_a_sentence_without_one(database: None, now: datetime) -> None:
    data = _pdf(now, economy_rank=None, economy_name="", economy_in_sentence="", role="an official observer")

    text = _text(data)
    assert "on 5 and 6 June 2013, as an official observer. Present" in text
    assert "The 21 member economies" in text


@pytest.mark.parametrize(
    ("given", "family", "lines", "largest"),
    [
        ("Siriporn", "WATTANAKUL", ["Siriporn WATTANAKUL"], 50),
        ("", "SOEKARNO", ["SOEKARNO"], 50),
        ("Anna Vladimirovna", "SHCHERBAKOVA", ["Anna Vladimirovna", "SHCHERBAKOVA"], 44),
        (
            "María Guadalupe Esperanza",
            "FERNÁNDEZ DE CÓRDOBA VILLAVICENCIO Y SANTISTEBAN",
            ["María Guadalupe Esperanza", "FERNÁNDEZ DE CÓRDOBA", "VILLAVICENCIO Y SANTISTEBAN"],
            36,
        ),
    ],
)
def test_a_name_steps_down_in_size_before_it_takes_more_lines(
    given: str, family: str, lines: list[str], largest: int
) -> None:
    size, fitted = fitted_name(given, family)

    assert fitted == lines
    assert size <= largest
    assert max(text_width(line, SERIF) for line in fitted) * size <= NAME_WIDTH


def test_facts_come_back_from_json_as_they_were() -> None:
    assert ParticipationFacts.from_dict(FACTS.as_dict()) == FACTS
