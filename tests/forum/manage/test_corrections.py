"""The organiser's form over what a delegate gave."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.uploads import Upload
from gtn_events.forum.models import Forum, Registration
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.domain.drafts import add_question, edit_question
from gtn_events.questionnaire.domain.questions import Condition, QuestionSpec, specs_of
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from tests.accounts.pages import field_errors, messages, words
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_registration, sign_in


@pytest.fixture
def rosa(forum: Forum) -> Registration:
    """A registration under a version with a question that depends on a sensitive answer, and one for a file."""
    made: dict[str, Any] = {"actor": None, "now": MADE_AT}
    draft = draft_version_of(forum.questionnaire, **made)
    allergies = next(spec for spec in specs_of(draft) if spec.sensitive)
    edit_question(draft, "allergies", QuestionSpec(allergies.kind, "Allergies", sensitive=True, required=True), **made)
    answered = Condition("allergies", Comparison.ANSWERED)
    add_question(draft, QuestionSpec(QuestionKind.SHORT_TEXT, "Table", condition=answered), **made)
    add_question(draft, QuestionSpec(QuestionKind.FILE, "Poster"), **made)
    publish_version(draft, **made)
    db.session.commit()
    db.session.expire_all()
    found = make_registration(make_category(forum), make_account())
    answers = {"technology": "Biochar", "allergies": "Nuts", "table": "By the door"}
    store_answers(found.answer_set, draft, answers, now=MADE_AT, purge_on=None)
    db.session.commit()
    return found


@pytest.fixture
def helper(client: FlaskClient, forum: Forum) -> FlaskClient:
    account = make_account("helper@gtn.example")
    grant_role(account, Role.HELPER, forum.scope)
    sign_in(client, account)
    return client


def page_of(found: Registration, page: str = "/edit") -> str:
    return f"/forums/{found.forum}/manage/registrations/{found.id}{page}"


def typed(found: Registration, **changed: Any) -> dict[str, Any]:
    values = {
        "seen": str(found.lock_version),
        "given_name": "Rosa",
        "family_name": "Huamán",
        "gender": "not-said",
        "economy": "PE",
        "organisation_name": "Andes Cold Chain",
        "organisation_kind": "sme",
        "position": "",
        "q_technology": "Biochar",
        "q_table": "By the door",
        "reason": "She asked by telephone.",
    }
    return values | changed


def answers_of(found: Registration) -> dict[str, Any]:
    db.session.expire_all()
    return read_answers(found.answer_set, with_sensitive=True)


def test_an_organiser_corrects_name_and_answers_and_the_page_shows_it(desk: FlaskClient, rosa: Registration) -> None:
    sent = typed(rosa, given_name="Rosa María", q_technology="Cold stores")
    reply = desk.post(page_of(rosa), data=sent, follow_redirects=True)
    assert messages(reply) == ["Rosa María HUAMÁN is corrected. A mail tells the delegate what changed."]
    shown = words(reply.text)
    assert "Registration corrected" in shown
    assert "Reason: She asked by telephone." in shown
    assert "Given name: Rosa → Rosa María" in shown
    assert "Technology you bring: Biochar → Cold stores" in shown
    assert "Your registration for GTN Forum 2013 was corrected" in shown
    assert answers_of(rosa) == {"technology": "Cold stores", "allergies": "Nuts", "table": "By the door"}
    assert rosa.sort_name == "huaman rosa maria"


def test_the_form_leaves_sensitive_answers_out_until_asked_for(desk: FlaskClient, rosa: Registration) -> None:
    page = desk.get(page_of(rosa)).text
    assert ('name="q_allergies"' in page, "Nuts" in page, 'name="q_table"' in page) == (False, False, True)
    opened = desk.post(page_of(rosa, "/edit/sensitive")).text
    assert ('value="Nuts"' in opened, 'name="with_sensitive"' in opened) == (True, True)
    actions = db.session.scalars(select(JournalEntry.action).where(JournalEntry.subject_id == rosa.id)).all()
    assert "sensitive answers shown" in actions
    desk.post(page_of(rosa), data=typed(rosa, with_sensitive="1", q_allergies="Shellfish"))
    assert answers_of(rosa)["allergies"] == "Shellfish"


def test_a_purged_sensitive_answer_keeps_nobody_from_correcting_a_name(desk: FlaskClient, rosa: Registration) -> None:
    rosa.answer_set.sensitive_answers.clear()
    db.session.commit()
    sent = typed(rosa, family_name="Quispe")
    del sent["q_table"]
    assert desk.post(page_of(rosa), data=sent).status_code == 302
    assert answers_of(rosa) == {"technology": "Biochar"}
    assert rosa.family_name == "Quispe"


def test_what_was_never_answered_may_stay_so_and_what_was_may_not_go(desk: FlaskClient, rosa: Registration) -> None:
    opened = {"with_sensitive": "1", "q_allergies": ""}
    reply = desk.post(page_of(rosa), data=typed(rosa, **opened))
    assert field_errors(reply) == {"q_allergies": "Write your answer. It is empty."}
    rosa.answer_set.sensitive_answers.clear()
    db.session.commit()
    assert desk.post(page_of(rosa), data=typed(rosa, family_name="Quispe", **opened)).status_code == 302
    db.session.expire_all()
    assert rosa.family_name == "Quispe"


def test_a_helper_corrects_all_but_the_sensitive_answers(helper: FlaskClient, rosa: Registration) -> None:
    page = helper.get(page_of(rosa)).text
    assert ("Nuts" in page, "edit/sensitive" in page) == (False, False)
    assert "Sensitive answers are shown to organisers only; they stay as they are." in words(page)
    assert helper.post(page_of(rosa, "/edit/sensitive")).status_code == 403
    forced = typed(rosa, with_sensitive="1", q_allergies="Shellfish")
    assert helper.post(page_of(rosa), data=forced).status_code == 403
    sent = typed(rosa, q_technology="Solar", q_allergies="Shellfish")
    assert helper.post(page_of(rosa), data=sent).status_code == 302
    assert answers_of(rosa) == {"technology": "Solar", "allergies": "Nuts", "table": "By the door"}


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(desk: FlaskClient, rosa: Registration) -> None:
    sent = typed(rosa, family_name=" ", q_technology="x" * 201, reason="", position="Founder")
    reply = desk.post(page_of(rosa), data=sent)
    assert reply.status_code == 422
    assert field_errors(reply) == {
        "family_name": "Write your family name. It is empty.",
        "q_technology": "Write at most 200 characters; these are 201.",
        "reason": "Say why you change it. The delegate reads it.",
    }
    assert 'value="Founder"' in reply.text
    assert db.session.scalars(select(OutboxMail)).all() == []


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(desk: FlaskClient, rosa: Registration) -> None:
    first, second = typed(rosa, given_name="Rosa María"), typed(rosa, q_technology="Second text")
    desk.post(page_of(rosa), data=first)
    reply = desk.post(page_of(rosa), data=second)
    assert reply.status_code == 409
    assert "This registration was changed elsewhere since you opened this page." in words(reply.text)
    assert 'value="Second text"' in reply.text
    assert answers_of(rosa)["technology"] == "Biochar"
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_without_the_version_that_was_seen_nothing_is_saved(desk: FlaskClient, rosa: Registration) -> None:
    sent = typed(rosa, given_name="Other")
    del sent["seen"]
    assert desk.post(page_of(rosa), data=sent).status_code == 409


def test_saving_what_is_there_tells_nobody(desk: FlaskClient, rosa: Registration) -> None:
    reply = desk.post(page_of(rosa), data=typed(rosa), follow_redirects=True)
    assert messages(reply) == ["Nothing was different, so nothing was changed."]
    assert db.session.scalars(select(OutboxMail)).all() == []


def test_a_file_given_on_behalf_belongs_to_the_delegate(desk: FlaskClient, rosa: Registration) -> None:
    poster = (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "poster.pdf")
    reply = desk.post(page_of(rosa), data=typed(rosa, q_poster=poster), content_type="multipart/form-data")
    assert reply.status_code == 302, words(reply.text)
    upload = db.session.scalars(select(Upload)).one()
    assert (upload.owner_id, answers_of(rosa)["poster"]) == (rosa.account_id, upload.id)


def test_a_registration_of_another_forum_is_not_found(desk: FlaskClient, rosa: Registration) -> None:
    for page in ("/edit", "/edit/sensitive"):
        path = page_of(rosa, page).replace(f"/{rosa.id}/", "/0/")
        assert desk.post(path, data=typed(rosa)).status_code == 404
