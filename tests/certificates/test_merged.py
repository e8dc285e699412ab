"""Certificates by the thousand: every template is merged, and looks as it does when laid out as a whole."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.certificates.documents import certificate_page, certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.pdf import print_all
from tests.names import NAMES, Name, letters
from tests.pdf_pictures import share_that_differs
from tests.pdf_structure import faults_of_structure

from .examples import SERIAL, URL, example_certificate


@pytest.fixture(autouse=True)
def app_context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.parametrize("kind", CertificateKind)
def test_certificate_of_every_kind_looks_the_same_whichever_way_it_is_printed(kind: CertificateKind) -> None:
    certificates = [example_certificate(kind, name) for name in NAMES]
    pages = [certificate_page(each, verify_url=URL) for each in certificates]

    printed = list(print_all(pages))

    assert [each.as_whole for each in printed] == [""] * len(NAMES)
    for each, certificate in zip(printed, certificates, strict=True):
        assert share_that_differs(each.data, certificate_pdf(certificate, verify_url=URL)) < 0.01


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.family)
def test_merged_certificate_is_tagged_and_its_names_are_read_back(name: Name) -> None:
    (printed,) = print_all([certificate_page(example_certificate(CertificateKind.PARTICIPATION, name), verify_url=URL)])

    holder = f"{name.given} {name.family.upper()}".strip()
    text = PdfReader(BytesIO(printed.data)).pages[0].extract_text()
    assert letters(f"{holder}{name.own_script}took part") in letters(text)
    assert letters(f"{SERIAL}Check it at") in letters(text)
    assert faults_of_structure(printed.data, title=f"Certificate of participation: {holder}, GTN Forum 2013") == []


def test_many_are_printed_by_several_processes_in_their_order_with_the_same_bytes() -> None:
    pages = [
        certificate_page(example_certificate(CertificateKind.PARTICIPATION, NAMES[number % 8]), verify_url=URL)
        for number in range(60)
    ]
    many = list(print_all(pages))

    assert [each.problem for each in many] == [""] * 60
    assert [each.data for each in many[:8]] == [each.data for each in print_all(pages[:8])]
    assert many[52:60] == [many[number % 8] for number in range(52, 60)]


def test_person_who_cannot_be_merged_is_laid_out_and_one_who_cannot_be_printed_says_why() -> None:
    names = [Name("Wolfeschlegel" * 5, "Steinhausen"), Name("Rosa", "Crab \U0001f980"), Name("Rosa", "Huamán")]
    wide, missing, plain = print_all(
        [certificate_page(example_certificate(CertificateKind.PARTICIPATION, name), verify_url=URL) for name in names]
    )

    assert wide.as_whole == "a word of the field “name” is wider than its line"
    assert wide.data.startswith(b"%PDF-")
    assert "no font has “\U0001f980” (crab, U+1F980)" in missing.problem
    assert (plain.as_whole, plain.problem, plain.data[:5]) == ("", "", b"%PDF-")
