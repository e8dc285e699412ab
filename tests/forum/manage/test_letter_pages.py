"""Pages of letters: the delegate asks and fetches, few organisers see, everybody else is refused."""

import io
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.letters import issue_letter
from gtn_events.forum.domain.passports import ask_for_letter
from gtn_events.forum.enums import LetterKind, RegistrationState
from gtn_events.forum.models import Forum, Letter, LetterRequest, Registration
from tests.factories import grant_role, make_account, make_category, make_registration, sign_in
from tests.forum.lettering import PAGE, SECRET, passport

MINE = "/forums/gtn-forum-2013/my/letters"
DESK = "/forums/gtn-forum-2013/manage/letters"


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The pages open some weeks before the forum, not today."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: now)


@pytest.fixture
def rosa(forum: Forum) -> Registration:
    return make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)


@pytest.fixture
def letter(rosa: Registration, now: datetime) -> Letter:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    made = issue_letter(rosa, LetterKind.VISA, actor=None, now=now)
    db.session.commit()
    return made


def acts() -> list[str]:
    return list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def test_delegate_asks_and_the_page_never_shows_it_again(client: FlaskClient, rosa: Registration) -> None:
    sign_in(client, rosa.account)
    assert "Ask for a visa letter" in client.get(MINE).text
    sent = client.post(f"{MINE}/ask", data=PAGE, follow_redirects=True)
    assert ("The organiser has what the letter needs" in sent.text, SECRET in sent.text) == (True, False)
    assert [SECRET in client.get(f"{MINE}{page}").text for page in ("", "/ask")] == [False, False]
    client.post(f"{MINE}/withdraw")
    assert list(db.session.scalars(select(LetterRequest))) == []


def test_the_sex_in_the_passport_is_chosen_and_never_guessed(client: FlaskClient, rosa: Registration) -> None:
    sign_in(client, rosa.account)
    assert '<option value="">Choose…</option><option value="F">' in client.get(f"{MINE}/ask").text
    answer = client.post(f"{MINE}/ask", data=PAGE | {"sex": ""})
    assert (answer.status_code, "Choose what stands in the passport." in answer.text) == (422, True)


def test_refusal_stands_at_its_field_and_what_was_typed_stays(client: FlaskClient, rosa: Registration) -> None:
    sign_in(client, rosa.account)
    page = client.post(f"{MINE}/ask", data=PAGE | {"expires_on": "2013-08-01"})
    assert (page.status_code, "valid for six months" in page.text, "Peruvian" in page.text) == (422, True, True)
    empty = client.post(f"{MINE}/ask", data={"kind": "gold", "born_on": "yesterday", "entry_on": "9999-99-99"})
    assert empty.status_code == 422


def test_site_without_a_key_says_so_and_keeps_nothing(app: Flask, client: FlaskClient, rosa: Registration) -> None:
    sign_in(client, rosa.account)
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, sealing_keys=())
    try:
        page = client.post(f"{MINE}/ask", data=PAGE)
    finally:
        app.config["SETTINGS"] = before
    assert (page.status_code, "GTN_SEALING_KEYS" in page.text) == (422, True)
    assert list(db.session.scalars(select(LetterRequest))) == []


def test_wrong_key_is_a_message_without_content(
    app: Flask, desk: FlaskClient, rosa: Registration, letter: Letter
) -> None:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, sealing_keys=(("tests", b"9" * 32),))
    try:
        pages = [
            desk.post(f"{DESK}/{rosa.id}/passport", follow_redirects=True),
            desk.post(f"{DESK}/file/{letter.id}", follow_redirects=True),
        ]
    finally:
        app.config["SETTINGS"] = before
    assert [(page.status_code, "cannot be opened" in page.text, SECRET in page.text) for page in pages] == [
        (200, True, False)
    ] * 2


def test_organiser_looks_issues_fetches_and_revokes(desk: FlaskClient, rosa: Registration, now: datetime) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    db.session.commit()
    assert "Huamán" in desk.get(f"{DESK}?show=asked").text
    masked, open_ = desk.get(f"{DESK}/{rosa.id}"), desk.post(f"{DESK}/{rosa.id}/passport")
    assert (SECRET in masked.text, SECRET in open_.text) == (False, True)
    desk.post(f"{DESK}/{rosa.id}/issue", data={"kind": "visa"})
    made = db.session.scalars(select(Letter)).one()
    file = desk.post(f"{DESK}/file/{made.id}")
    assert file.headers["Cache-Control"] == "private, no-store"
    assert SECRET in PdfReader(io.BytesIO(file.data)).pages[0].extract_text()
    assert desk.post(f"{DESK}/file/{made.id}/revoke", data={"reason": " "}).status_code == 422
    desk.post(f"{DESK}/file/{made.id}/revoke", data={"reason": "Other passport."})
    assert "Revoked" in PdfReader(io.BytesIO(desk.post(f"{DESK}/file/{made.id}").data)).pages[0].extract_text()
    assert acts()[-5:] == [
        "passport data shown",
        "letter issued",
        "letter opened",
        "letter revoked",
        "letter opened",
    ]


def test_delegate_fetches_own_letters_only(client: FlaskClient, forum: Forum, letter: Letter) -> None:
    other = make_registration(forum.categories[0], make_account("other@firm.example"), RegistrationState.CONFIRMED)
    for person, status in ((letter.registration.account, 200), (other.account, 404)):
        sign_in(client, person)
        assert client.post(f"{MINE}/{letter.id}/file").status_code == status


@pytest.mark.parametrize("who", ["helper", "coordinator", "delegate", "door"])
def test_everybody_else_is_refused(client: FlaskClient, forum: Forum, letter: Letter, who: str) -> None:
    person: Account = make_account(f"{who}@gtn.example")
    if who == "coordinator":
        grant_role(person, Role.ECONOMY_COORDINATOR, Scope("economy", 14))
    elif who != "delegate":
        grant_role(person, Role.HELPER if who == "helper" else Role.CHECK_IN_STAFF, forum.scope)
    sign_in(client, person)
    rosa = letter.registration_id
    gets = ("", f"/{rosa}", f"/file/{letter.id}/revoke")
    posts = ("/issue-all", f"/{rosa}/passport", f"/{rosa}/issue", f"/file/{letter.id}", gets[-1])
    answers = [client.get(DESK + each) for each in gets] + [client.post(DESK + each) for each in posts]
    assert {(each.status_code, SECRET in each.text) for each in answers} == {(403, False)}
