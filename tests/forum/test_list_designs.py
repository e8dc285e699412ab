"""Designing the list of participants: whom its previews show, and that they show nobody who did not agree."""

import io
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.jobs import Job
from gtn_events.core.permissions import Permission
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.owners import design_permissions, load_design_owner
from gtn_events.forum import designed_lists
from gtn_events.forum.designed_lists import ListExamples
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.list_wording import PARTICIPANTS_LIST
from gtn_events.forum.models import Forum, Registration
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in

TYPED = {"seen": "0", "template": "list", "orientation": "portrait", "language": "en"}
NAMES_OF_ALL = ("ZULU", "CHAIYA", "HIDDEN")


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def desk(client: FlaskClient, forum: Forum) -> FlaskClient:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    return client


@pytest.fixture
def here(forum: Forum) -> str:
    return f"/designs/forum-{forum.id}/{PARTICIPANTS_LIST}"


def person(forum: Forum, family: str, **values: Any) -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    account = make_account(f"{family.lower()}@firm.example", family_name=family)
    listed = {"listed_publicly": True, "economy_code": "THA", **values}
    return make_registration(category, account, RegistrationState.CONFIRMED, **listed)


def three(forum: Forum) -> None:
    person(forum, "Zulu", economy_code="AUS")
    person(forum, "Chaiya", given_name="Sirirattanawadee")
    person(forum, "Hidden", listed_publicly=False, given_name="Maximiliana-Wilhelmina-Theodora")
    db.session.commit()


def read(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def shown_names(desk: FlaskClient, here: str, key: str) -> list[str]:
    reply = desk.post(f"{here}/preview.pdf", data={**TYPED, "show": key})
    assert reply.status_code == 200
    text = read(reply.data)
    return [each for each in NAMES_OF_ALL if each in text]


def test_previews_show_whom_the_list_shows_and_nobody_else(desk: FlaskClient, forum: Forum, here: str) -> None:
    three(forum)
    keys = html.fromstring(desk.get(here).text).xpath('//select[@name="show"]/option/@value')
    assert {key: shown_names(desk, here, key) for key in keys} == {
        "list": ["ZULU", "CHAIYA"],
        "scripts": [],
        "longest": ["CHAIYA"],
        "empty": [],
    }


def test_a_preview_has_sixty_people_at_most(app: Flask, forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designed_lists, "MOST_SHOWN", 2)
    for family in ("Alpha", "Bravo", "Delta"):
        person(forum, family)
    with app.test_request_context():
        owner = load_design_owner(forum.scope)
    assert owner is not None
    assert [ListExamples().one(owner, key).subject.people for key in ("list", "longest", "unknown")] == [2, 1, 2]
    assert [each.subject.people for each in ListExamples().every(owner)] == [2, 7, 1, 0]


def test_a_forum_that_nobody_comes_to_yet_has_invented_people(desk: FlaskClient, forum: Forum, here: str) -> None:
    keys = html.fromstring(desk.get(here).text).xpath('//select[@name="show"]/option/@value')
    assert keys == ["scripts", "longest", "empty"]
    text = read(desk.post(f"{here}/preview.pdf", data={**TYPED, "show": "scripts"}).data)
    assert [each in text for each in ("李明轩", "陳怡君", "김민준", "山田 さくら", "Анна Владимировна")] == [True] * 5
    assert text.index("李明轩") < text.index("山田 さくら") < text.index("김민준") < text.index("陳怡君")


def test_a_preview_is_a_picture_of_the_first_page_and_writes_nothing(
    desk: FlaskClient, forum: Forum, here: str
) -> None:
    three(forum)
    reply = desk.post(f"{here}/preview", data={**TYPED, "template": "directory", "show": "list"})
    assert (reply.status_code, Image.open(io.BytesIO(reply.data)).size) == (200, (583, 827))
    counts = [db.session.scalar(select(func.count()).select_from(each)) for each in (DocumentDesign, Job)]
    assert counts == [0, 0]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"heading": "{name}"}, "heading"),
        ({"introduction": "x" * 601}, "introduction"),
        ({"closing": "ሀ"}, "closing"),
        ({"language": "vi"}, "heading"),
    ],
)
def test_what_cannot_be_printed_is_told_at_its_field(
    desk: FlaskClient, here: str, typed: dict[str, str], field: str
) -> None:
    reply = desk.post(here, data={**TYPED, **typed})
    assert reply.status_code == 422
    assert html.fromstring(reply.text).xpath(f'//*[@id="{field}-error"]') != []


def test_an_empty_introduction_is_the_templates_own(desk: FlaskClient, forum: Forum, here: str) -> None:
    assert desk.post(here, data={**TYPED, "heading": "Who is here", "introduction": ""}).status_code == 302
    kept = db.session.scalars(select(DocumentDesign)).one()
    assert (kept.kind, kept.number, kept.design.texts) == (PARTICIPANTS_LIST, 1, {"heading": "Who is here"})


def test_who_issues_certificates_of_a_forum_designs_its_list(
    client: FlaskClient, forum: Forum, here: str, now: datetime
) -> None:
    assert design_permissions("forum")[PARTICIPANTS_LIST] is Permission.FORUM_CERTIFICATES_ISSUE
    elsewhere = make_account("other@gtn.example")
    grant_role(elsewhere, Role.ORGANISER, make_forum("gtn-forum-2014").scope)
    sign_in(client, elsewhere)
    statuses = [client.get(here), client.post(here, data=TYPED), client.post(f"{here}/preview", data=TYPED)]
    assert [each.status_code for each in statuses] == [404, 404, 404]
