"""Designed certificates by the thousand: with logos and signatures, in every template and both ways up."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gtn_events.certificates.documents import FAMILY, certificate_page, certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.pdf import print_all
from gtn_events.designs.enums import Orientation
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design
from tests.names import NAMES, Name, letters
from tests.pdf_pictures import share_that_differs
from tests.pdf_structure import faults_of_structure

from .designs import designed, full_design, kept_pictures
from .examples import SERIAL, URL

SHEETS = [(name, side) for name, each in templates(FAMILY).items() for side in each.orientations]
ALL = [(name, side, kind) for name, side in SHEETS for kind in map(CertificateKind, templates(FAMILY)[name].kinds)]
THAI, LONG = NAMES[9], NAMES[-1]
FIFTY = Name("Wolfeschlegelsteinhausenbergerdorffwelchevoralterns", "Hubert-" + "B" * 50)
WITHOUT_SPACES = Name("Siriporn", "Wattanakul", "พัทธรนิษฐนันท์ธรรมรงค์รัตนโชติกุลสิริวัฒนภักดีณอยุธยา", "th")


@pytest.mark.parametrize(("template", "side", "kind"), ALL)
def test_designed_certificate_looks_the_same_whichever_way_it_is_printed(
    database: None, now: datetime, template: str, side: Orientation, kind: CertificateKind
) -> None:
    design = full_design(template, side, kept_pictures(now))
    certificates = [designed(kind, name, design) for name in (NAMES[1], THAI)]

    printed = list(print_all(certificate_page(each, verify_url=URL) for each in certificates))

    assert [(each.as_whole, each.problem) for each in printed] == [("", "")] * 2
    for each, certificate in zip(printed, certificates, strict=True):
        assert share_that_differs(each.data, certificate_pdf(certificate, verify_url=URL)) < 0.01


@pytest.mark.parametrize(("template", "side"), SHEETS)
@pytest.mark.parametrize("name", [NAMES[4], LONG, FIFTY, WITHOUT_SPACES], ids=lambda name: name.family[:9])
def test_longest_names_stay_on_the_sheet_and_are_read_back(
    database: None, now: datetime, template: str, side: Orientation, name: Name
) -> None:
    kind = CertificateKind(templates(FAMILY)[template].kinds[0])
    certificate = designed(kind, name, full_design(template, side, kept_pictures(now)))

    (printed,) = print_all([certificate_page(certificate, verify_url=URL)])

    (page,) = PdfReader(BytesIO(printed.data)).pages
    text = letters(page.extract_text())
    assert letters(f"{name.given} {name.family.upper()}") in text
    assert letters(name.own_script) in text
    assert letters(SERIAL) in text
    holder = f"{name.given} {name.family.upper()}"
    title = {"award": "Award"}.get(kind.value, kind.label)
    assert faults_of_structure(printed.data, title=f"{title}: {holder}, GTN Forum 2013") == []


@pytest.mark.parametrize(("template", "side"), [each for each in SHEETS if each[0] != "award"])
def test_name_broken_within_a_word_is_merged_and_reported(
    database: None, now: datetime, template: str, side: Orientation
) -> None:
    wide = Name("Ana", "W" * 60)
    certificate = designed(CertificateKind.JUDGE, wide, Design(template=template, orientation=side))

    page = certificate_page(certificate, verify_url=URL)
    (printed,) = print_all([page])

    assert "was broken within a word" in page.remark
    assert printed.as_whole == ""
    assert share_that_differs(printed.data, certificate_pdf(certificate, verify_url=URL)) < 0.01


def test_certificates_of_several_designs_are_printed_each_with_its_own_by_several_processes(
    database: None, now: datetime
) -> None:
    pictures = kept_pictures(now)
    designs = [full_design("participation", side, pictures) for side in Orientation]
    designs.append(Design(template="participation", texts={"heading": "With our thanks"}))
    kinds = CertificateKind.SPEAKER
    certificates = [
        designed(kinds, NAMES[number % 4], designs[number % 3], number=number % 3 + 1) for number in range(48)
    ]
    pages = [certificate_page(each, verify_url=URL) for each in certificates]

    many = list(print_all(pages))

    assert {each.problem + each.as_whole for each in many} == {""}
    assert [each.data for each in many[:6]] == [each.data for each in print_all(pages[:6])]
    assert [each.data for each in many[12:]] == [each.data for each in many[:36]]
