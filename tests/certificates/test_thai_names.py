"""A name in Thai, which writes no spaces, is measured as it is drawn and broken between words, never within one."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from gtn_events.certificates.design.sizes import small_name
from gtn_events.certificates.documents import FAMILY as CERTIFICATES
from gtn_events.certificates.documents import certificate_page, certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.pdf import words_of
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design
from tests.names import Name, letters

from .designs import designed
from .examples import URL

GIVEN = "ศิริพรรณรายอัครมหาราชธานี"
FAMILY = "วัฒนากุลเจริญรุ่งเรืองกิจไพศาลพาณิชย์สมบูรณ์ทรัพย์มั่งคั่งรุ่งโรจน์"


def test_words_of_thai_are_those_of_a_dictionary() -> None:
    assert words_of("การเพิ่มประสิทธิภาพการใช้พลังงาน") == ["การ", "เพิ่ม", "ประสิทธิภาพ", "การ", "ใช้", "พลังงาน"]
    assert words_of("Ana María Wat-Tana") == ["Ana ", "María ", "Wat-", "Tana"]
    assert words_of("") == []


def test_a_thai_name_that_fits_its_line_is_kept_whole() -> None:
    size, lines, broken = small_name([GIVEN, FAMILY], 606)
    assert (lines, broken) == ([GIVEN, FAMILY], False)
    assert size >= 16


@pytest.mark.parametrize("width", [120, 200, 320])
def test_a_longer_thai_name_is_broken_between_words(width: int) -> None:
    _size, lines, broken = small_name([GIVEN, FAMILY * 2], width)
    borders = {sum(map(len, words_of(GIVEN + FAMILY * 2)[:count])) for count in range(99)}
    ends = [sum(map(len, lines[:count])) for count in range(1, len(lines))]
    assert "".join(lines) == GIVEN + FAMILY * 2
    assert len(lines) > 2
    assert (set(ends) <= borders, broken) == (True, False)


def test_one_word_that_is_longer_than_a_line_is_broken_and_reported() -> None:
    _size, lines, broken = small_name(["Ana", "W" * 60], 606)
    assert ("".join(lines), broken) == (f"Ana{'W' * 60}", True)


def test_spaces_come_first() -> None:
    lines = ["Ana", "Wolfeschlegelsteinhausen Bergerdorffwelchevoralternwaren Gewissenhaftschafers"]
    _size, fitted, broken = small_name(lines, 400)
    assert (fitted, broken) == (["Ana", *lines[1].split()], False)


@pytest.mark.parametrize(
    "name", [each for each, known in templates(CERTIFICATES).items() if CertificateKind.JUDGE in known.kinds]
)
def test_certificates_in_thai_need_no_second_look(database: None, name: str) -> None:
    for side in templates(CERTIFICATES)[name].orientations:
        certificate = designed(CertificateKind.JUDGE, Name(GIVEN, FAMILY), Design(template=name, orientation=side))
        assert certificate_page(certificate, verify_url=URL).remark == ""
        (page,) = PdfReader(BytesIO(certificate_pdf(certificate, verify_url=URL))).pages
        assert letters(GIVEN + FAMILY) in letters(page.extract_text())
