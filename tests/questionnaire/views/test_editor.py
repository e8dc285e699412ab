"""The editor through the web, mounted for an owner that is no forum."""

import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.defaults import REGISTRATION_STEPS, registration_questions
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec, specs_of
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Questionnaire
from gtn_events.questionnaire.queries.versions import draft_version, published_version
from tests.factories import grant_role, make_account, sign_in

KIND = QuestionKind
TEXT = QuestionSpec(KIND.SHORT_TEXT, "Company <script>alert(1)</script>", key="company", required=True)
LIST = QuestionSpec(KIND.ONE_OF, "Size", key="size", options=(Option("s", "Small"), Option("l", "Large")))
NEW = {"label": "Website", "help": "", "step": "questions", "condition": ""}


@pytest.fixture
def questionnaire(database: None, now: datetime) -> Questionnaire:
    questionnaire = create_questionnaire("Entry", questions=(TEXT, LIST), actor=None, now=now)
    publish_version(questionnaire.versions[0], actor=None, now=now)
    db.session.commit()
    return questionnaire


@pytest.fixture
def organiser(client: FlaskClient, questionnaire: Questionnaire) -> FlaskClient:
    account = make_account("siti@gtn.example", given_name="Siti", family_name="Wijaya")
    grant_role(account, Role.ORGANISER, Scope("forum", questionnaire.id))
    sign_in(client, account)
    return client


def address(questionnaire: Questionnaire, page: str = "") -> str:
    return f"/rounds/{questionnaire.id}/questionnaire{page}"


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def draft_keys(questionnaire: Questionnaire) -> list[str] | None:
    db.session.expire_all()
    draft = draft_version(questionnaire)
    return [spec.key for spec in specs_of(draft)] if draft else None


PAGES = ("", "/add?kind=url", "/questions/size", "/questions/size/remove", "/preview", "/versions", "/versions/1")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_the_organiser_of_this_owner_only(
    client: FlaskClient, questionnaire: Questionnaire, path: str
) -> None:
    other = make_account("other@gtn.example")
    grant_role(other, Role.ORGANISER, Scope("forum", questionnaire.id + 1))
    sign_in(client, other)
    assert client.get(address(questionnaire, path)).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_html_in_a_label_is_shown_as_text(organiser: FlaskClient, questionnaire: Questionnaire, path: str) -> None:
    assert "<script>alert" not in text_of(organiser, address(questionnaire, path))


def test_looking_begins_no_draft(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    for page in PAGES:
        text_of(organiser, address(questionnaire, page))
    assert draft_keys(questionnaire) is None


def test_adding_begins_a_draft_and_leaves_the_published_version(
    organiser: FlaskClient, questionnaire: Questionnaire
) -> None:
    response = organiser.post(address(questionnaire, "/add?kind=url"), data=NEW)
    assert response.location == address(questionnaire)
    assert draft_keys(questionnaire) == ["company", "size", "website"]
    published = published_version(questionnaire)
    assert published is not None
    assert [spec.key for spec in specs_of(published)] == ["company", "size"]


def test_choices_are_lines_and_a_condition_is_chosen_from_a_list(
    organiser: FlaskClient, questionnaire: Questionnaire
) -> None:
    data = NEW | {"label": "Staff", "options": "few | 1 to 9\nMany people", "condition": "size:is:l", "required": "y"}
    organiser.post(address(questionnaire, "/add?kind=one-of"), data=data)
    draft = draft_version(questionnaire)
    assert draft is not None
    spec = specs_of(draft)[-1]
    assert spec.options == (Option("few", "1 to 9"), Option("many-people", "Many people"))
    assert spec.condition is not None
    assert (spec.condition.key, spec.condition.value, spec.required) == ("size", "l", True)


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("url", {"label": " "}, "Write the question. It is empty."),
        ("one-of", {"options": "a | A\na | B"}, "The choice “a” is there twice."),
        ("one-of", {"options": "Same\nSame"}, "The choice “same” is there twice."),
        ("one-of", {"options": "only"}, "Write at least two choices, one on each line."),
        ("short-text", {"min_length": "9", "max_length": "3"}, "The longest length is below the shortest."),
        ("number", {"minimum": "9", "maximum": "3"}, "The largest number is below the smallest."),
        ("number", {"minimum": "NaN"}, "Write a number of at most 15 digits."),
        ("number", {"maximum": "1e999"}, "Write a number of at most 15 digits."),
        ("date", {"earliest": "2013-06-06", "latest": "2013-06-05"}, "The last day is before the first."),
        ("url", {"condition": "later:answered:"}, "Not a valid choice."),
        ("url", {"step": "nowhere"}, "Not a valid choice."),
        ("url", {"label": "x" * 301}, "Write at most 300 characters."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    organiser: FlaskClient, questionnaire: Questionnaire, kind: str, data: dict[str, str], message: str
) -> None:
    sent = NEW | {"help": "Kept words"} | data
    page = organiser.post(address(questionnaire, f"/add?kind={kind}"), data=sent).get_data(as_text=True)
    assert re.search(r'class="field-error"[^>]*>\s*<p>.*?' + re.escape(message), page, re.S)
    assert "Kept words" in page
    assert draft_keys(questionnaire) is None


def test_an_unknown_kind_or_question_is_not_found(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    for page in ("/add?kind=colour", "/add", "/questions/nothing", "/versions/9", "/preview?version=9"):
        assert organiser.get(address(questionnaire, page)).status_code == 404


def test_a_question_is_changed_and_removed_in_the_draft(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    data = {"label": "Firm", "help": "", "step": "questions", "condition": ""}
    organiser.post(address(questionnaire, "/questions/company"), data=data)
    organiser.post(address(questionnaire, "/questions/size/remove"))
    draft = draft_version(questionnaire)
    assert draft is not None
    assert [(spec.key, spec.label, spec.required) for spec in specs_of(draft)] == [("company", "Firm", False)]


def test_the_order_changes_by_button_and_by_dragging(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    url = address(questionnaire, "/order")
    organiser.post(url, data={"step": "questions", "order": ["company", "size"], "move": "down:company"})
    assert draft_keys(questionnaire) == ["size", "company"]
    organiser.post(url, data={"step": "questions", "order": ["company", "size"]})
    assert draft_keys(questionnaire) == ["company", "size"]


def test_an_order_that_breaks_a_condition_is_refused_with_the_reason(
    organiser: FlaskClient, questionnaire: Questionnaire
) -> None:
    organiser.post(address(questionnaire, "/add?kind=url"), data=NEW | {"condition": "size:is:l"})
    data = {"step": "questions", "order": ["company", "website", "size"]}
    url = address(questionnaire, "/order")
    assert organiser.post(url, data=data, headers={"X-Requested-With": "fetch"}).status_code == 409
    referrer = {"Referer": f"http://localhost{address(questionnaire)}"}
    page = organiser.post(url, data=data, headers=referrer, follow_redirects=True).get_data(as_text=True)
    assert "“Website” depends on “Size”, so “Size” must come first." in page
    assert draft_keys(questionnaire) == ["company", "size", "website"]


def test_the_preview_checks_answers_and_stores_nothing(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    url = address(questionnaire, "/preview")
    wrong = organiser.post(url, data={"q_size": "l"}).get_data(as_text=True)
    assert "Write your answer. It is empty." in wrong
    right = organiser.post(url, data={"q_company": "Andes & Söhne", "q_size": "l"}).get_data(as_text=True)
    assert "These answers would be accepted." in right
    assert "<dd>Andes &amp; Söhne</dd>" in right


def test_publishing_says_what_happens_to_answers_and_who_published(
    organiser: FlaskClient, questionnaire: Questionnaire, now: datetime
) -> None:
    store_answers(None, questionnaire.versions[0], {"company": "A"}, now=now, purge_on=None)
    db.session.commit()
    organiser.post(address(questionnaire, "/add?kind=url"), data=NEW)
    page = text_of(organiser, address(questionnaire, "/publish"))
    assert "1 person has answered already." in page
    organiser.post(address(questionnaire, "/publish"))
    published = published_version(questionnaire)
    assert published is not None
    assert published.number == 2
    assert "Siti WIJAYA" in text_of(organiser, address(questionnaire, "/versions"))
    assert "Website" in text_of(organiser, address(questionnaire, "/versions/2"))


def test_a_draft_is_discarded_after_asking(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    organiser.post(address(questionnaire, "/add?kind=url"), data=NEW)
    assert "Website" in text_of(organiser, address(questionnaire, "/discard"))
    organiser.post(address(questionnaire, "/discard"))
    assert draft_keys(questionnaire) is None


def test_the_list_asks_the_database_as_often_for_many_questions_as_for_few(
    organiser: FlaskClient, questionnaire: Questionnaire, now: datetime
) -> None:
    large = create_questionnaire(
        "Large", questions=registration_questions(), steps=REGISTRATION_STEPS, actor=None, now=now
    )
    db.session.commit()
    account = make_account("admin@gtn.example")
    grant_role(account, Role.ADMINISTRATOR)
    sign_in(organiser, account)
    assert queries(organiser, address(large)) <= queries(organiser, address(questionnaire))


def queries(client: FlaskClient, url: str) -> int:
    statements: list[str] = []

    def count(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        text_of(client, url)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(statements)
