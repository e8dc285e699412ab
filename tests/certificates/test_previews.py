"""Previews of certificates: whom they show, and that they are no certificates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.permissions import Scope
from gtn_events.designs.kinds import Example, designed_kind
from gtn_events.designs.owners import DesignOwner
from gtn_events.designs.previews import preview_pdf, preview_png
from gtn_events.designs.sample_names import SAMPLE_NAMES
from gtn_events.designs.templates import templates_for
from gtn_events.designs.values import Design
from tests.pdf_structure import faults_of_structure

from .examples import FACTS, issue_request

SCRIPTS = [each.script for each in SAMPLE_NAMES]


@pytest.fixture(autouse=True)
def app_context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def owner(due: Iterable[IssueRequest] = ()) -> DesignOwner:
    return DesignOwner(
        scope=Scope("forum", 7), title="", time_zone="Asia/Jakarta", back=("", ""), due=lambda _kind: due
    )


def examples(kind: CertificateKind, due: Iterable[IssueRequest] = ()) -> list[Example]:
    return designed_kind(kind.value).examples.every(owner(due))


def example(due: Iterable[IssueRequest], key: str) -> Example:
    return designed_kind("participation").examples.one(owner(due), key)


def test_preview_shows_three_real_people_the_longest_name_and_one_of_each_script() -> None:
    names = ["Li", "Kim", "Chen", "Wolfeschlegelsteinhausen", "Ng"]
    due = [issue_request(number, family_name=name) for number, name in enumerate(names, 1)]
    others = [replace(due[0], kind=CertificateKind.SPEAKER)]

    found = examples(CertificateKind.PARTICIPATION, iter(others + due))

    assert [each.key for each in found] == ["person-1", "person-2", "person-3", "longest", *SCRIPTS]
    assert [each.subject for each in found[:3]] == [each.facts for each in due[:3]]
    assert found[3].subject == due[3].facts
    assert {each.subject.forum_title for each in found} == {FACTS.forum_title}


def test_preview_shows_invented_people_only_when_nobody_is_due_yet() -> None:
    assert [each.key for each in examples(CertificateKind.AWARD)] == ["longest", *SCRIPTS]


def test_one_example_is_the_one_of_its_key_and_reads_no_more_than_it_needs() -> None:
    due = [issue_request(number, family_name=f"Ng{number * 'a'}") for number in range(1, 9)]
    for each in examples(CertificateKind.PARTICIPATION, due):
        left = iter(due)
        assert example(left, each.key) == each
        assert len(list(left)) == (0 if each.key == "longest" else 5)
    assert example(due, "nobody").subject == due[0].facts


@pytest.mark.parametrize("kind", CertificateKind)
def test_invented_people_of_every_kind_are_printed_and_say_that_they_are_a_preview(kind: CertificateKind) -> None:
    for each in examples(kind):
        design = Design(template=templates_for(kind)[0].name)
        data = preview_pdf(designed_kind(kind.value), design, each.subject)

        text = PdfReader(BytesIO(data)).pages[0].extract_text()
        assert "Preview" in text
        title = f"{kind.label}: {each.name}, {each.subject.forum_title}"
        assert faults_of_structure(data, title=title) == []


def test_preview_as_a_picture_is_the_first_page_at_a_hundred_dots_an_inch() -> None:
    data = preview_png(designed_kind("participation"), Design(template="participation"), FACTS)

    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1170, 827))
