"""The pages of circulars: written by organisers, read by coordinators of the audience, by nobody else."""

import io
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.delegations.circular_words import SECTIONS
from gtn_events.delegations.models import Circular, CircularAcknowledgement
from gtn_events.forum.models import Forum

from ..factories import grant_role, make_account, make_forum, sign_in
from .circulars import coordinator, make_draft, make_released

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
MANAGE = "/forums/gtn-forum-2013/manage/circulars"
READ = "/forums/gtn-forum-2013/circulars"


@pytest.fixture
def forum(client: FlaskClient) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def typed(**values: object) -> dict[str, object]:
    sections = {f"sections-{number}-text": "" for number in range(len(SECTIONS))}
    return {"title": "General information", "audience": "all", "sections-0-text": "Welcome all", **sections, **values}


def test_an_organiser_writes_and_releases(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    sign_in(client, organiser)
    assert client.post(f"{MANAGE}/", data={"title": "General information"}).location == f"{MANAGE}/1/edit"
    assert "Balai Hijau, Jakarta" in client.get(f"{MANAGE}/1/edit").text
    version = db.session.scalars(select(Circular)).one().versions[0]
    sent = typed(**{"sections-0-text": "Welcome all", "sections-5-hidden": "y", "seen": str(version.lock_version)})
    assert client.post(f"{MANAGE}/1/edit", data=sent).status_code == 302
    assert version.shown_sections == [("Welcome", "Welcome all")]
    stale = client.post(f"{MANAGE}/1/edit", data=sent | {"title": "Other"})
    assert (stale.status_code, "Somebody else has changed this circular" in stale.text) == (409, True)
    assert "1 coordinator gets a mail." in client.get(f"{MANAGE}/1/release").text
    assert client.post(f"{MANAGE}/1/release").location == f"{MANAGE}/1"
    assert client.get(f"{MANAGE}/1/edit").status_code == 404
    assert client.post(f"{MANAGE}/1/remind").status_code == 302
    assert client.post(f"{MANAGE}/1/new-version").location == f"{MANAGE}/1/edit"
    assert client.post(f"{MANAGE}/1/discard").status_code == 302
    board = client.get(f"{MANAGE}/1").text
    assert (board.count("Waits"), rosa.display_name in board) == (21, False)


def test_chosen_economies_have_to_be_named(
    client: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    version = make_draft(forum, organiser, now=now)
    sign_in(client, organiser)
    sent = typed(audience="chosen", seen=str(version.lock_version))
    assert client.post(f"{MANAGE}/1/edit", data=sent).status_code == 422
    assert client.post(f"{MANAGE}/1/edit", data=sent | {"economies": ["XX"]}).status_code == 422
    assert client.post(f"{MANAGE}/1/edit", data=sent | {"economies": ["PE", "XX"]}).status_code == 302
    assert version.audience == ["PE"]


def test_files_are_checked_and_read_by_the_audience_only(
    client: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    make_draft(forum, organiser, now=now, audience=("PE",))
    rosa, kei = coordinator("rosa@gtn.example", "PE"), coordinator("kei@gtn.example", "JPN")
    sign_in(client, organiser)
    wrong = {"file": (io.BytesIO(b"<html>"), "form.pdf")}
    assert client.post(f"{MANAGE}/1/files", data=wrong).status_code == 422
    assert client.post(f"{MANAGE}/1/files", data={"file": (io.BytesIO(PDF), "form.pdf")}).status_code == 302
    file = db.session.scalars(select(Circular)).one().versions[0].files[0]
    sign_in(client, rosa)
    assert client.get(f"{READ}/1/files/{file.id}").status_code == 404  # a draft
    sign_in(client, organiser)
    client.post(f"{MANAGE}/1/release")
    client.post(f"{MANAGE}/1/new-version")
    sign_in(client, rosa)
    with client.get(f"{READ}/1/files/{file.id}") as answer:
        assert (answer.status_code, answer.data) == (200, PDF)
    sign_in(client, kei)
    assert client.get(f"{READ}/1/files/{file.id}").status_code == 404
    sign_in(client, organiser)
    copy = db.session.scalars(select(Circular)).one().versions[1].files[0]
    assert client.post(f"{MANAGE}/1/files/{copy.id}/remove").status_code == 302
    sign_in(client, rosa)
    with client.get(f"{READ}/1/files/{file.id}") as answer:
        assert answer.status_code == 200  # the released version keeps it


def test_a_coordinator_acknowledges_by_button(
    client: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    version = make_released(forum, organiser, now=now, audience=("PE", "CHL"))
    rosa = coordinator("rosa@gtn.example", "PE")
    sign_in(client, rosa)
    assert "Circular No. 1 to acknowledge" in client.get("/home").text
    page = client.get(f"{READ}/1").text
    assert (page.count("Acknowledge for"), "Secret plan" in page) == (1, False)
    for _ in range(2):
        client.post(f"{READ}/1/acknowledge", data={"version": version.id, "economy": "PE"})
    other = client.post(f"{READ}/1/acknowledge", data={"version": version.id, "economy": "CHL"})
    assert other.status_code == 302
    assert [each.economy_code for each in db.session.scalars(select(CircularAcknowledgement))] == ["PE"]
    assert "Circular No. 1 to acknowledge" not in client.get("/home").text
    listed = client.get(f"{READ}/").text
    assert ("Acknowledged" in listed, "To acknowledge" in listed) == (True, False)


def test_a_new_version_shows_what_changed(client: FlaskClient, forum: Forum, organiser: Account, now: datetime) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    version = make_released(forum, organiser, now=now)
    sign_in(client, organiser)
    client.post(f"{MANAGE}/1/new-version")
    draft = version.circular.draft
    assert draft is not None
    sent = typed(**{"sections-0-text": "You are welcome.\n\nCome late.", "seen": str(draft.lock_version)})
    client.post(f"{MANAGE}/1/edit", data=sent)
    client.post(f"{MANAGE}/1/release")
    sign_in(client, rosa)
    page = client.get(f"{READ}/1").text
    assert ("<del>early</del>" in page, "<ins>late</ins>" in page) == (True, True)
    assert "A newer version holds." in client.get(f"{READ}/1?version=1").text
    with client.get(f"{READ}/1/pdf?version=1") as answer:
        assert answer.data.startswith(b"%PDF")


@pytest.mark.parametrize("who", ["nobody", "stranger", "coordinator of another economy", "helper"])
def test_nobody_else_reads_or_writes(
    client: FlaskClient, forum: Forum, organiser: Account, now: datetime, who: str
) -> None:
    version = make_released(forum, organiser, now=now, audience=("PE",))
    person = make_account("person@firm.example")
    if who == "coordinator of another economy":
        person = coordinator("kei@gtn.example", "JPN")
    if who == "helper":
        grant_role(person, Role.HELPER, forum.scope)
    if who != "nobody":
        sign_in(client, person)
    expected = 302 if who == "nobody" else 404
    assert [client.get(f"{READ}/1{page}").status_code for page in ("", "/pdf", "/files/1")] == [expected] * 3
    sent = client.post(f"{READ}/1/acknowledge", data={"version": version.id, "economy": "PE"})
    assert sent.status_code == expected
    manage = [client.get(f"{MANAGE}/{page}").status_code for page in ("", "1", "1/edit", "1/pdf", "1/release")]
    assert manage == [302 if who == "nobody" else 403] * 5
