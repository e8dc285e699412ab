"""The editor's pages for steps."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Questionnaire
from gtn_events.questionnaire.queries.versions import Step, all_steps, draft_version, published_version
from tests.accounts.pages import field_errors, messages, words
from tests.factories import grant_role, make_account, sign_in

STEPS = (Step("firm", "Firm <b>"), Step("trip", "Trip", "Who sees it"), Step("rest", "Rest"))
QUESTIONS = (
    QuestionSpec(QuestionKind.SHORT_TEXT, "Company", key="company", step="firm"),
    QuestionSpec(QuestionKind.SHORT_TEXT, "Arrival", key="arrival", step="trip"),
)
PAGES = ("/steps", "/steps/add", "/steps/edit/firm", "/steps/remove/firm", "/steps/remove/rest")


@pytest.fixture
def questionnaire(database: None, now: datetime) -> Questionnaire:
    questionnaire = create_questionnaire("Entry", questions=QUESTIONS, steps=STEPS, actor=None, now=now)
    publish_version(questionnaire.versions[0], actor=None, now=now)
    db.session.commit()
    return questionnaire


@pytest.fixture
def organiser(client: FlaskClient, questionnaire: Questionnaire) -> FlaskClient:
    account = make_account("siti@gtn.example")
    grant_role(account, Role.ORGANISER, Scope("forum", questionnaire.id))
    sign_in(client, account)
    return client


def address(questionnaire: Questionnaire, page: str = "") -> str:
    return f"/rounds/{questionnaire.id}/questionnaire{page}"


def draft_titles(questionnaire: Questionnaire) -> list[str] | None:
    db.session.expire_all()
    draft = draft_version(questionnaire)
    return [step.title for step in all_steps(draft)] if draft else None


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_the_organiser_and_begins_no_draft(
    organiser: FlaskClient, questionnaire: Questionnaire, path: str
) -> None:
    page = organiser.get(address(questionnaire, path))
    assert (page.status_code, "Firm <b>" in page.text, draft_titles(questionnaire)) == (200, False, None)
    sign_in(organiser, make_account("other@gtn.example"))
    assert organiser.get(address(questionnaire, path)).status_code == 403


def test_a_step_is_added_to_the_draft_and_the_published_version_stays(
    organiser: FlaskClient, questionnaire: Questionnaire
) -> None:
    sent = {"title": "Meals", "description": "For the kitchen"}
    reply = organiser.post(address(questionnaire, "/steps/add"), data=sent, follow_redirects=True)
    assert messages(reply) == ["“Meals” stands in the draft."]
    assert "0 questions · For the kitchen" in words(reply.text)
    assert draft_titles(questionnaire) == ["Firm <b>", "Trip", "Rest", "Meals"]
    published = published_version(questionnaire)
    assert published is not None
    assert len(all_steps(published)) == 3
    assert "to “Meals”" in organiser.get(address(questionnaire)).text


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"title": " "}, {"title": "Give the step a title. It is empty."}),
        ({"title": "TRIP"}, {"title": "Another step has this title."}),
        ({"title": "x" * 81}, {"title": "Write at most 80 characters."}),
        ({"title": "A", "description": "x" * 501}, {"description": "Write at most 500 characters."}),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_kept(
    organiser: FlaskClient, questionnaire: Questionnaire, sent: dict[str, str], errors: dict[str, str]
) -> None:
    for page in ("/steps/add", "/steps/edit/firm"):
        reply = organiser.post(address(questionnaire, page), data={"description": "Kept words"} | sent)
        assert (reply.status_code, field_errors(reply)) == (422, errors)
        assert sent.get("description", "Kept words") in reply.text
    assert draft_titles(questionnaire) is None


def test_a_step_is_renamed_and_the_comparison_says_so(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    organiser.post(address(questionnaire, "/steps/edit/trip"), data={"title": "Journey", "description": ""})
    assert draft_titles(questionnaire) == ["Firm <b>", "Journey", "Rest"]
    compared = words(organiser.get(address(questionnaire, "/publish")).text)
    assert "Step “Journey” Changed Title before: Trip now: Journey" in compared
    assert "Description before: Who sees it now: none" in compared
    organiser.post(address(questionnaire, "/publish"))
    assert "Step “Journey” Changed" in words(organiser.get(address(questionnaire, "/versions/2")).text)
    assert "Journey" in organiser.get(address(questionnaire, "/preview")).text


def test_the_preview_shows_the_description(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    assert "Trip Who sees it Arrival" in words(organiser.get(address(questionnaire, "/preview")).text)


def test_steps_move_by_button_and_by_dragging(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    url = address(questionnaire, "/steps/order")
    organiser.post(url, data={"order": ["firm", "trip", "rest"], "move": "down:firm"})
    assert draft_titles(questionnaire) == ["Trip", "Firm <b>", "Rest"]
    organiser.post(url, data={"order": ["rest", "firm", "trip"]})
    assert draft_titles(questionnaire) == ["Rest", "Firm <b>", "Trip"]
    draft = draft_version(questionnaire)
    assert draft is not None
    assert [spec.key for spec in specs_of(draft)] == ["company", "arrival"]
    fetched = organiser.post(url, data={"order": ["rest"]}, headers={"X-Requested-With": "fetch"})
    assert fetched.status_code == 409


def test_a_step_goes_and_its_questions_move(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    url = address(questionnaire, "/steps/remove/trip")
    asked = organiser.get(url).text
    assert "It holds 1 question, which is kept." in words(asked)
    assert 'value="trip"' not in asked
    for sent in ({}, {"move_to": "trip"}):
        assert organiser.post(url, data=sent).status_code == 422
    reply = organiser.post(url, data={"move_to": "rest"}, follow_redirects=True)
    assert messages(reply) == ["“Trip” is no longer in the draft."]
    draft = draft_version(questionnaire)
    assert draft is not None
    assert [(spec.key, spec.step) for spec in specs_of(draft)] == [("company", "firm"), ("arrival", "rest")]
    compared = words(organiser.get(address(questionnaire, "/publish")).text)
    assert "Arrival Changed Step before: Trip now: Rest" in compared


def test_an_empty_step_goes_without_a_question(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    organiser.post(address(questionnaire, "/steps/remove/rest"))
    assert draft_titles(questionnaire) == ["Firm <b>", "Trip"]


def test_an_unknown_step_is_not_found(organiser: FlaskClient, questionnaire: Questionnaire) -> None:
    for page in ("/steps/edit/other", "/steps/remove/other"):
        assert organiser.get(address(questionnaire, page)).status_code == 404
