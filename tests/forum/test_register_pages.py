"""Registering through the web: steps, drafts, errors at the field, sending once, other people's tabs."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.enums import Approval, BookingState, RegistrationState
from gtn_events.forum.forms.wizard import OWN_PAGES
from gtn_events.forum.models import Forum, Registration, RegistrationDraft, SideEventBooking
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step, edit_step, order_steps
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from tests.accounts.pages import words
from tests.factories import make_account, make_category, make_forum, make_registration, make_side_event, sign_in

URL = "/forums/gtn-forum-2013/register"
NAME = {"given_name": "Rosa Nélida", "family_name": "Huamán", "economy": "PE", "gender": "woman"}
ORGANISATION = {"organisation_name": "Andina Cold Store", "organisation_kind": "sme", "position": "Founder"}
SCRIPTS = ["陳美玲", "森 はな", "백민준", "พิมพ์ชนก รัตนพร", "Елена Соколова", "Nguyễn Thị Thu Hằng", "王小明"]


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def forum(database: None) -> Forum:
    forum = make_forum()
    make_category(forum, "Delegate")
    make_category(forum, "SME exhibitor", capacity=1, approval=Approval.NONE)
    return forum


@pytest.fixture
def rosa(client: FlaskClient, forum: Forum) -> Account:
    account = make_account()
    sign_in(client, account)
    return account


def fill_in(client: FlaskClient, **changed: dict[str, Any]) -> None:
    steps: dict[str, dict[str, Any]] = {
        "category": {"category": "delegate"},
        "name": NAME,
        "organisation": ORGANISATION,
        "questions": {"q_technology": "Cold stores"},
    }
    for step, values in (steps | changed).items():
        answer = client.post(f"{URL}/{step}", data=values)
        assert answer.status_code == 302, (step, answer.text)


def draft() -> RegistrationDraft | None:
    return db.session.scalar(select(RegistrationDraft))


def field_problems(page: str) -> list[str]:
    """What stands at the fields of a page."""
    found = re.findall(r'class="field-error"[^>]*>(.*?)</div>', page, re.DOTALL)
    return [words(text) for block in found for text in re.findall(r"<p>.*?</p>", block, re.DOTALL)]


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_the_whole_path_ends_with_one_registration(client: FlaskClient, rosa: Account) -> None:
    assert client.get(URL).location == f"{URL}/category"
    fill_in(client)
    check = client.get(f"{URL}/check")
    assert "Andina Cold Store" in check.text
    sent = client.post(f"{URL}/check", data={"consent": "y"})
    assert sent.location == "/forums/gtn-forum-2013/my"
    registration = db.session.scalars(select(Registration)).one()
    assert (registration.state, registration.family_name, registration.account_id) == (
        RegistrationState.PENDING,
        "Huamán",
        rosa.id,
    )
    assert registration.consent_text_id is not None
    assert draft() is None
    assert "You are not registered yet" in client.get(sent.location).text


def test_a_step_that_lacks_an_answer_is_not_done_and_comes_first(client: FlaskClient, rosa: Account) -> None:
    client.post(f"{URL}/category", data={"category": "delegate"})
    client.post(f"{URL}/name", data=NAME | {"family_name": ""})
    client.post(f"{URL}/organisation", data=ORGANISATION)
    assert client.get(URL).location == f"{URL}/name"
    page = words(client.get(f"{URL}/organisation").text)
    assert ("Done: Category" in page, "Missing: Name and economy" in page) == (True, True)


def test_sending_twice_registers_once_and_says_so(client: FlaskClient, rosa: Account) -> None:
    fill_in(client)
    client.post(f"{URL}/check", data={"consent": "y"})
    again = client.post(f"{URL}/check", data={"consent": "y"}, follow_redirects=True)
    assert "nothing was sent twice" in again.text
    assert len(db.session.scalars(select(Registration)).all()) == 1
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_an_error_stands_at_its_field_and_what_was_typed_is_kept(client: FlaskClient, rosa: Account) -> None:
    answer = client.post(f"{URL}/name", data=NAME | {"family_name": " ", "given_name": "Rosa Nélida"})
    assert answer.status_code == 422
    assert "Write your family name. It is empty." in answer.text
    assert 'value="Rosa Nélida"' in answer.text
    kept = draft()
    assert kept is not None
    assert kept.data["name"]["typed"]["given_name"] == ["Rosa Nélida"]


def test_sending_with_gaps_names_them_and_sends_nothing(client: FlaskClient, rosa: Account) -> None:
    client.post(f"{URL}/name", data=NAME | {"family_name": ""})
    answer = client.post(f"{URL}/check", data={"consent": "y"})
    assert answer.status_code == 422
    assert "Family name: Write your family name. It is empty." in answer.text
    assert "Organisation: Not filled in yet" in answer.text
    assert db.session.scalar(select(Registration)) is None


def test_without_consent_nothing_is_sent(client: FlaskClient, rosa: Account) -> None:
    fill_in(client)
    answer = client.post(f"{URL}/check", data={})
    assert answer.status_code == 422
    assert "Without it nothing is sent" in answer.text


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_in_every_script_arrive_as_written(client: FlaskClient, rosa: Account, name: str) -> None:
    fill_in(client, name=NAME | {"given_name": name, "family_name": name, "own_script_name": name})
    client.post(f"{URL}/check", data={"consent": "y"})
    registration = db.session.scalars(select(Registration)).one()
    assert (registration.given_name, registration.family_name, registration.own_script_name) == (name, name, name)
    assert name in client.get("/forums/gtn-forum-2013/my").text


def test_ten_thousand_characters_are_refused_at_the_field_and_kept(client: FlaskClient, rosa: Account) -> None:
    answer = client.post(f"{URL}/name", data=NAME | {"family_name": "x" * 10_000})
    assert answer.status_code == 422
    assert "A family name can have at most 100 letters." in answer.text
    assert "x" * 10_000 in answer.text


def test_the_second_tab_is_told_and_can_save_again(client: FlaskClient, rosa: Account) -> None:
    first = second = seen_in(client.get(f"{URL}/name").text)
    client.post(f"{URL}/name", data=NAME | {"seen": first, "family_name": "Quispe"})
    told = client.post(f"{URL}/name", data=NAME | {"seen": second, "family_name": "Huamán"})
    assert told.status_code == 409
    assert "changed in another tab" in told.text
    assert 'value="Huamán"' in told.text
    kept = draft()
    assert kept is not None
    assert kept.data["name"]["typed"]["family_name"] == ["Quispe"]
    client.post(f"{URL}/name", data=NAME | {"seen": seen_in(told.text), "family_name": "Huamán"})
    db.session.refresh(kept)
    assert kept.data["name"]["typed"]["family_name"] == ["Huamán"]


def test_autosave_keeps_what_is_not_right_yet(client: FlaskClient, rosa: Account) -> None:
    answer = client.post(f"{URL}/name/draft", data={"family_name": "", "given_name": "Ro", "seen": "new"})
    assert answer.get_json()["saved"] is True
    assert 'value="Ro"' in client.get(f"{URL}/name").text


def test_side_events_at_the_same_time_are_refused_by_name(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    one, two = make_side_event(forum, "Clinic"), make_side_event(forum, "Round table")
    answer = client.post(f"{URL}/side-events", data={"side_events": [one.id, two.id]})
    assert answer.status_code == 422
    assert field_problems(answer.text) == ["Round table and Clinic are at the same time. Choose one of them."]
    fill_in(client)
    answer = client.post(f"{URL}/check", data={"consent": "y"})
    assert answer.status_code == 422
    assert "Side events: Round table and Clinic are at the same time." in words(answer.text)
    assert db.session.scalar(select(Registration)) is None


def test_everything_wrong_with_the_side_events_is_said_at_once(
    client: FlaskClient, rosa: Account, forum: Forum
) -> None:
    chosen = [make_side_event(forum, title).id for title in ("Clinic", "Round table", "Tour")]
    answer = client.post(f"{URL}/side-events", data={"side_events": [*chosen, 9_999]})
    assert field_problems(answer.text) == [
        "Round table and Clinic are at the same time. Choose one of them.",
        "Tour and Clinic are at the same time. Choose one of them.",
        "Tour and Round table are at the same time. Choose one of them.",
        "Something you chose is not offered any more. The list shows what is; save it anew.",
    ]


def test_a_draft_is_deleted_only_by_the_second_page(client: FlaskClient, rosa: Account) -> None:
    assert client.get(f"{URL}/discard").location == "/forums/gtn-forum-2013"
    client.post(f"{URL}/name", data=NAME)
    assert f'href="{URL}/discard"' in client.get(f"{URL}/name").text
    assert "Delete your draft for GTN Forum 2013?" in client.get(f"{URL}/discard").text
    assert draft() is not None
    client.post(f"{URL}/discard")
    assert draft() is None


def test_a_seat_and_its_side_event_come_together(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    event = make_side_event(forum, "Clinic", capacity=1)
    fill_in(client, category={"category": "sme-exhibitor"}, **{"side-events": {"side_events": [event.id]}})
    client.post(f"{URL}/check", data={"consent": "y"})
    booking = db.session.scalars(select(SideEventBooking)).one()
    assert (booking.registration.state, booking.state) == (RegistrationState.CONFIRMED, BookingState.CONFIRMED)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert "Your side events:\n- Clinic, Wed 5 June, 14:00–16:00 in Jakarta: Confirmed\n" in mail.body_text


def test_a_photograph_that_is_none_is_refused_and_the_rest_kept(client: FlaskClient, rosa: Account) -> None:
    fake = (io.BytesIO(b"PK\x03\x04 not a picture"), "retrato.jpg")
    answer = client.post(f"{URL}/name", data=NAME | {"photo": fake})
    assert answer.status_code == 422
    assert "retrato.jpg" in answer.text
    assert 'value="Huamán"' in answer.text


def test_a_photograph_stays_with_the_draft(client: FlaskClient, rosa: Account) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 50), "green").save(buffer, "JPEG")
    buffer.seek(0)
    fill_in(client, name=NAME | {"photo": (buffer, "retrato.jpg")})
    assert "A photograph is stored." in client.get(f"{URL}/name").text
    client.post(f"{URL}/check", data={"consent": "y"})
    assert db.session.scalars(select(Registration)).one().photo_upload_id is not None


def test_before_the_window_the_page_says_so(client: FlaskClient, rosa: Account, forum: Forum, now: datetime) -> None:
    forum.registration_opens_at = now + timedelta(days=1)
    db.session.commit()
    answer = client.get(f"{URL}/category")
    assert answer.status_code == 403
    assert "has not opened yet" in answer.text


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, forum: Forum) -> None:
    assert client.get(URL).location.startswith("/sign-in?next=/forums/")


def test_the_delegate_changes_what_they_gave(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    registration = make_registration(forum.categories[0], rosa)
    page = client.get("/forums/gtn-forum-2013/my/change").text
    values = NAME | ORGANISATION | {"family_name": "Quispe", "q_technology": "Solar dryers", "seen": seen_in(page)}
    assert client.post("/forums/gtn-forum-2013/my/change", data=values).location == "/forums/gtn-forum-2013/my"
    db.session.refresh(registration)
    assert registration.family_name == "Quispe"
    stale = client.post("/forums/gtn-forum-2013/my/change", data=values | {"family_name": "Rojas"})
    assert stale.status_code == 409
    assert 'value="Rojas"' in stale.text
    db.session.refresh(registration)
    assert registration.family_name == "Quispe"


def test_times_on_the_delegates_page_name_their_places(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    make_side_event(forum, "Clinic")
    make_registration(forum.categories[0], rosa)
    page = words(client.get("/forums/gtn-forum-2013/my").text)
    assert "Wed 5 June, 14:00–16:00 in Jakarta Wed 5 June, 02:00–04:00 in Lima" in page
    assert "You can change this until Sat 25 May 2013, 11:59 in Lima Sat 25 May 2013, 23:59 in Jakarta" in page
    assert "Sent Mon 1 Apr 2013, 03:00 in Lima Mon 1 Apr 2013, 15:00 in Jakarta" in page


@pytest.mark.parametrize(
    ("state", "first"), [(RegistrationState.CONFIRMED, "ticket-panel"), (RegistrationState.PENDING, "What you gave")]
)
def test_a_confirmed_delegate_finds_the_ticket_first(
    client: FlaskClient, rosa: Account, forum: Forum, state: RegistrationState, first: str
) -> None:
    make_registration(forum.categories[0], rosa, state)
    page = client.get("/forums/gtn-forum-2013/my").text
    assert min(("ticket-panel", "What you gave"), key=page.index) == first


def test_cancelling_asks_first_and_names_the_forum(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    registration = make_registration(forum.categories[0], rosa, RegistrationState.CONFIRMED)
    assert "Cancel your registration for GTN Forum 2013?" in client.get("/forums/gtn-forum-2013/my/cancel").text
    client.post("/forums/gtn-forum-2013/my/cancel")
    db.session.refresh(registration)
    assert registration.state is RegistrationState.CANCELLED


def test_an_offer_is_taken_on_the_page(client: FlaskClient, rosa: Account, forum: Forum, now: datetime) -> None:
    registration = make_registration(
        forum.categories[0], rosa, RegistrationState.OFFERED, offer_ends_at=now + timedelta(days=1)
    )
    assert "A place is free for you" in client.get("/forums/gtn-forum-2013/my").text
    client.post("/forums/gtn-forum-2013/my/offer", data={"answer": "take"})
    db.session.refresh(registration)
    assert registration.state is RegistrationState.CONFIRMED


def test_another_persons_pages_show_nothing(client: FlaskClient, rosa: Account, forum: Forum) -> None:
    make_registration(forum.categories[0], make_account("other@firm.example", family_name="Secret"))
    answer = client.get("/forums/gtn-forum-2013/my", follow_redirects=True)
    assert "Secret" not in answer.text
    assert client.get("/forums/gtn-forum-2013/my/change").status_code == 404
    assert client.post("/forums/gtn-forum-2013/my/cancel").status_code == 404


@pytest.fixture
def csrf_on(app: Any) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.usefixtures("csrf_on")
def test_an_expired_form_brings_the_typed_text_back(client: FlaskClient, rosa: Account) -> None:
    answer = client.post(f"{URL}/name", data=NAME | {"csrf_token": "old"})
    assert answer.status_code == 400
    assert "Rosa Nélida" in answer.text
    assert draft() is None


def test_the_stepper_follows_the_steps_of_the_published_version(
    client: FlaskClient, rosa: Account, forum: Forum, now: datetime
) -> None:
    made: dict[str, Any] = {"actor": None, "now": now}
    draft_version = draft_version_of(forum.questionnaire, **made)
    edit_step(draft_version, "questions", StepText("Closing words", "Two minutes more."), **made)
    organisation = add_step(draft_version, StepText("Check"), reserved=OWN_PAGES, **made)
    add_question(draft_version, QuestionSpec(QuestionKind.SHORT_TEXT, "Meal", step=organisation.key), **made)
    order_steps(draft_version, [organisation.key, "questions"], **made)
    db.session.commit()
    assert steps_in(client.get(f"{URL}/questions").text)[3:] == ["Questions", "Check and send"]
    publish_version(draft_version, **made)
    db.session.commit()
    page = client.get(f"{URL}/questions").text
    assert steps_in(page)[2:] == ["Organisation", "Check", "Closing words", "Check and send"]
    assert "Two minutes more." in page
    fill_in(client, check_2={"q_meal": "Rice"})
    client.post(f"{URL}/check", data={"consent": "y"})
    registration = db.session.scalars(select(Registration)).one()
    assert read_answers(registration.answer_set, with_sensitive=True) == {"technology": "Cold stores", "meal": "Rice"}


def steps_in(page: str) -> list[str]:
    stepper = page.partition('<nav class="stepper"')[2].partition("</nav>")[0]
    labels = re.findall(r'class="step-label">(.*?)</span>\s*(?:<span class="second"|</li>)', stepper, re.DOTALL)
    return [re.sub(r"^(Done: |\d+\. )", "", words(each)) for each in labels]
