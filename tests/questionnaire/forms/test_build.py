"""Forms made from questions."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.questions import Condition, Limits, Option, QuestionSpec
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.forms.build import QuestionForm, form_class_of
from gtn_events.questionnaire.forms.files import store_files

from ...conftest import NOW

KIND = QuestionKind
ROLES = QuestionSpec(
    KIND.SEVERAL_OF,
    "Roles",
    key="roles",
    step="organisation",
    options=(Option("delegate", "Delegate"), Option("speaker", "Speaker")),
)
BIOGRAPHY = QuestionSpec(
    KIND.LONG_TEXT,
    "Biography",
    key="biography",
    step="organisation",
    required=True,
    condition=Condition("roles", Comparison.INCLUDES, "speaker"),
)
TALK = QuestionSpec(
    KIND.SHORT_TEXT,
    "Title of the talk",
    key="talk",
    required=True,
    condition=Condition("roles", Comparison.INCLUDES, "speaker"),
)


@pytest.fixture(autouse=True)
def request_context(app: Flask, database: None) -> Any:
    with app.test_request_context():
        yield


def sent(*specs: QuestionSpec, step: str | None = None, **typed: Any) -> QuestionForm:
    pairs = [(name, each) for name, value in typed.items() for each in (value if isinstance(value, list) else [value])]
    form_class = form_class_of(specs, step=step, economies=(("PE", "Peru"), ("VN", "Viet Nam")))
    return form_class(MultiDict(pairs))


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (KIND.SHORT_TEXT, "  Nguye\u0302\u0303n\x00 ", "Nguyễn"),
        (KIND.LONG_TEXT, "one\r\ntwo", "one\ntwo"),
        (KIND.NUMBER, "12", 12),
        (KIND.NUMBER, "12.50", 12.5),
        (KIND.DATE, "2013-06-05", "2013-06-05"),
        (KIND.YES_NO, "yes", True),
        (KIND.YES_NO, "no", False),
        (KIND.ECONOMY, "VN", "VN"),
        (KIND.EMAIL, "Rosa@firm.example", "Rosa@firm.example"),
        (KIND.PHONE, "+51 987 654 321", "+51 987 654 321"),
        (KIND.URL, "https://firm.example", "https://firm.example"),
    ],
)
def test_what_is_typed_becomes_the_value_at_rest(kind: QuestionKind, typed: str, stored: Any) -> None:
    spec = QuestionSpec(kind, "Q", key="q")
    form = sent(spec, q_q=typed)
    assert (form.validate(), form.values()) == (True, {"q": stored})
    shown = form_class_of((spec,), economies=(("VN", "Viet Nam"),))(formdata=None, answers={"q": stored})
    assert shown.values() == {"q": stored}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (KIND.SHORT_TEXT, "x" * 10_000),
        (KIND.LONG_TEXT, "x" * 10_000),
        (KIND.NUMBER, "twelve"),
        (KIND.NUMBER, "nan"),
        (KIND.NUMBER, "1e999"),
        (KIND.NUMBER, "1e999999999"),
        (KIND.NUMBER, "1" * 40),
        (KIND.DATE, "05/06/2013"),
        (KIND.DATE, "2013-02-30"),
        (KIND.YES_NO, "perhaps"),
        (KIND.ECONOMY, "XX"),
        (KIND.EMAIL, "rosa@"),
        (KIND.PHONE, "call me"),
        (KIND.URL, "javascript:alert(1)"),
    ],
)
def test_what_is_wrong_has_one_error_and_stays_in_the_field(kind: QuestionKind, typed: str) -> None:
    form = sent(QuestionSpec(kind, "Q", key="q", required=True), q_q=typed)
    assert not form.validate()
    assert [len(errors) for errors in form.errors.values()] == [1]
    assert form["q_q"].raw_data == [typed]
    assert form.values() == {}


@pytest.mark.parametrize("kind", list(KIND))
def test_an_empty_answer_is_an_error_only_where_one_is_required(kind: QuestionKind) -> None:
    options = (Option("a", "A"), Option("b", "B")) if kind in (KIND.ONE_OF, KIND.SEVERAL_OF) else ()
    optional = sent(QuestionSpec(kind, "Q", key="q", options=options), other="1")
    required = sent(QuestionSpec(kind, "Q", key="q", options=options, required=True), other="1")
    assert (optional.validate(), optional.values()) == (True, {})
    assert (required.validate(), list(required.errors)) == (False, ["q_q"])


def test_yes_or_no_keeps_no_apart_from_no_answer() -> None:
    spec = QuestionSpec(KIND.YES_NO, "Visa?", key="visa", required=True)
    assert sent(spec, q_visa="no").validate()
    assert not sent(spec, other="1").validate()


@pytest.mark.parametrize(("count", "expected"), [(7, "RadioField"), (8, "SelectField")])
def test_a_short_list_is_radios_and_a_long_one_a_select(count: int, expected: str) -> None:
    options = tuple(Option(str(n), f"Choice {n}") for n in range(count))
    form = sent(QuestionSpec(KIND.ONE_OF, "Q", key="q", options=options), q_q="3")
    assert form["q_q"].type == expected
    assert form.validate()


def test_a_choice_that_is_not_in_the_list_and_one_too_many_are_refused() -> None:
    several = QuestionSpec(
        KIND.SEVERAL_OF, "Q", key="q", options=(Option("a", "A"), Option("b", "B")), limits=Limits(max_choices=1)
    )
    assert sent(several, q_q=["a", "z"]).validate() is False
    assert sent(several, q_q=["a", "b"]).validate() is False
    assert sent(several, q_q=["a"]).validate() is True


def test_a_question_whose_condition_does_not_hold_is_not_checked_and_its_answer_dropped() -> None:
    form = sent(ROLES, BIOGRAPHY, q_roles="delegate", q_biography="x" * 10_000)
    assert (form.validate(), form.values()) == (True, {"roles": ["delegate"]})
    form = sent(ROLES, BIOGRAPHY, q_roles=["delegate", "speaker"])
    assert (form.validate(), list(form.errors)) == (False, ["q_biography"])


def test_a_condition_may_look_at_an_earlier_step() -> None:
    form_class = form_class_of((ROLES, BIOGRAPHY, TALK), step="questions")
    speaker = form_class(MultiDict([("other", "1")]), earlier={"roles": ["speaker"]})
    delegate = form_class(MultiDict([("q_talk", "Hidden")]), earlier={"roles": ["delegate"]})
    assert (speaker.validate(), [row.spec.key for row in speaker.rows()]) == (False, ["talk"])
    assert (delegate.validate(), delegate.values(), delegate.rows()) == (True, {}, [])


def test_what_depends_on_a_question_that_is_ruled_out_is_not_shown() -> None:
    visa = QuestionSpec(KIND.YES_NO, "Visa?", key="visa", condition=Condition("roles", Comparison.ANSWERED))
    passport = QuestionSpec(KIND.SHORT_TEXT, "P", key="passport", condition=Condition("visa", Comparison.IS, "yes"))
    form_class = form_class_of((ROLES, visa, passport), step="questions")
    assert form_class(formdata=None, earlier={}).rows() == []
    assert len(form_class(formdata=None, earlier={"roles": ["speaker"]}).rows()) == 2


def test_fields_that_nobody_asked_for_are_ignored() -> None:
    assert sent(ROLES, q_roles="speaker", q_admin="1", admin="1").values() == {"roles": ["speaker"]}


@pytest.mark.parametrize("key", ["data", "errors", "validate", "meta", "csrf_token", "values", "rows"])
def test_no_key_can_hide_a_part_of_the_form(key: str) -> None:
    form = sent(QuestionSpec(KIND.SHORT_TEXT, "Q", key=key), **{f"q_{key}": "x"})
    assert (form.validate(), form.values()) == (True, {key: "x"})


def test_answers_of_another_kind_from_an_older_version_are_not_shown() -> None:
    specs = (
        QuestionSpec(KIND.NUMBER, "N", key="n"),
        QuestionSpec(KIND.DATE, "D", key="d"),
        QuestionSpec(KIND.YES_NO, "Y", key="y"),
        QuestionSpec(KIND.SEVERAL_OF, "S", key="s", options=ROLES.options),
        QuestionSpec(KIND.FILE, "F", key="f"),
    )
    form = form_class_of(specs)(formdata=None, answers={"n": "x", "d": 3, "y": "yes", "s": "a", "f": "x"})
    assert form.values() == {}


def test_classes_are_made_once_for_the_same_questions() -> None:
    assert form_class_of((ROLES, BIOGRAPHY)) is form_class_of((ROLES, BIOGRAPHY))
    assert form_class_of((ROLES, BIOGRAPHY)) is not form_class_of((ROLES,))


PAGE = QuestionSpec(KIND.FILE, "Passport page", key="page", limits=Limits(accept=("pdf",), max_bytes=1_000))
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def sent_file(content: bytes, name: str, **answers: Any) -> QuestionForm:
    file = FileStorage(io.BytesIO(content), filename=name, content_type="application/pdf")
    return form_class_of((PAGE,))(MultiDict([("q_page", file)]), answers=answers)


def test_a_file_is_stored_and_its_id_is_the_answer() -> None:
    form = sent_file(PDF, "page.pdf")
    assert form.validate()
    assert store_files(form, owner_id=None, now=NOW)
    upload = db.session.scalars(select(Upload)).one()
    assert form.values() == {"page": upload.id}


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "page.pdf"), (b"PK\x03\x04" + b"0" * 50, "p.pdf"), (PDF * 90, "p.pdf")]
)
def test_a_file_that_is_refused_has_its_error_at_the_field_and_the_old_one_stays(content: bytes, name: str) -> None:
    form = sent_file(content, name, page=7)
    form.validate()
    assert store_files(form, owner_id=None, now=NOW) is False
    assert list(form.errors) == ["q_page"]


def test_a_stored_file_stays_until_it_is_dropped() -> None:
    form_class = form_class_of((PAGE,))
    kept = form_class(MultiDict([("other", "1")]), answers={"page": 7}, file_names={7: "page.pdf"})
    dropped = form_class(MultiDict([("drop_page", "y")]), answers={"page": 7})
    assert (kept.validate(), kept.values(), kept.rows()[0].kept_file) == (True, {"page": 7}, "page.pdf")
    assert (dropped.validate(), dropped.values()) == (True, {})


def test_the_id_of_a_file_cannot_be_typed() -> None:
    form = sent(PAGE, q_page="12")
    form.validate()
    assert form.values() == {}


def test_limits_that_a_person_must_know_stand_in_the_hint() -> None:
    spec = QuestionSpec(KIND.LONG_TEXT, "Q", key="q", help="In short.", limits=Limits(max_words=200))
    assert sent(spec)["q_q"].description == "In short. At most 200 words."
    assert sent(PAGE)["q_page"].description == "Accepted: PDF. At most 1000 bytes."


def test_dates_keep_their_bounds() -> None:
    spec = QuestionSpec(KIND.DATE, "Q", key="q", limits=Limits(earliest=date(2013, 6, 5)))
    form = sent(spec, q_q="2013-06-04")
    assert (form.validate(), form.errors) == (False, {"q_q": ["Choose a day from 2013-06-05 on."]})
