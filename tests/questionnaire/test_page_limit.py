"""A question for a file can limit the pages of a PDF: said beforehand, kept in the editor, counted on arrival."""

import io
from datetime import datetime

import pytest
from flask import Flask
from pypdf import PdfWriter
from werkzeug.datastructures import FileStorage, MultiDict

from gtn_events.competition.defaults import entry_questions
from gtn_events.competition.domain.templates_of_rounds import RULE_SETS
from gtn_events.questionnaire.domain.questions import Limits, QuestionSpec
from gtn_events.questionnaire.domain.rules import check_questions
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.errors import QuestionRefused
from gtn_events.questionnaire.forms.build import form_class_of
from gtn_events.questionnaire.forms.fields import described
from gtn_events.questionnaire.forms.files import store_files
from gtn_events.questionnaire.forms.question import data_of, edit_form

SLIDES = QuestionSpec(QuestionKind.FILE, "Slides", key="slides", limits=Limits(max_pages=2, accept=("pdf",)))


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("pages", "taken"), [(2, True), (3, False)])
def test_pages_are_counted_when_the_file_arrives(app: Flask, now: datetime, pages: int, taken: bool) -> None:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=100, height=100)
    data = io.BytesIO()
    writer.write(data)
    file = FileStorage(io.BytesIO(data.getvalue()), filename="slides.pdf")
    with app.test_request_context():
        form = form_class_of((SLIDES,))(MultiDict([("q_slides", file)]))
        assert form.validate()
        assert store_files(form, owner_id=None, now=now) is taken
        assert bool(form["q_slides"].errors) is not taken


def test_limit_stands_at_the_field_beforehand(app: Flask) -> None:
    with app.test_request_context():
        assert described(SLIDES) == "Accepted: PDF. A PDF has at most 2 pages."


def test_editor_keeps_the_limit_and_refuses_one_without_pdf(app: Flask) -> None:
    with app.test_request_context():
        form = edit_form(QuestionKind.FILE, shown=SLIDES)
        assert (form["max_pages"].data, data_of(SLIDES)["max_pages"]) == (2, 2)
    assert Limits.from_json(SLIDES.limits.to_json()) == SLIDES.limits
    pictures = QuestionSpec(QuestionKind.FILE, "Logo", key="logo", limits=Limits(max_pages=2, accept=("png",)))
    for spec in (pictures, QuestionSpec(QuestionKind.FILE, "Q", key="q", limits=Limits(max_pages=0))):
        with pytest.raises(QuestionRefused) as refused:
            check_questions([spec], steps=["questions"])
        assert refused.value.field == "max_pages"


def test_ready_forms_say_their_limits_where_the_machine_checks_them(app: Flask) -> None:
    slides = next(spec for spec in entry_questions() if spec.key == "slides")
    (proposal,) = RULE_SETS["yes-challenge"].call.questions
    with app.test_request_context():
        assert described(proposal) == "Accepted: PDF. At most 5 MB."
    assert (slides.limits.max_pages, proposal.limits.max_bytes, proposal.limits.accept) == (
        15,
        5 * 1024 * 1024,
        ("pdf",),
    )
