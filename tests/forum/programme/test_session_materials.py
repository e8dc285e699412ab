"""Materials of sessions: who may have which, what is taken, who keeps them."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfWriter
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import UploadRefused
from gtn_events.core.uploads import Upload
from gtn_events.forum.domain.programme_sessions import remove_session
from gtn_events.forum.domain.session_materials import MOST_MATERIALS, MaterialDetails, add_material
from gtn_events.forum.enums import MaterialAccess, MaterialKind, RegistrationState
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, SessionMaterial, Speaker
from gtn_events.forum.personal_data import erase_forum, export_forum
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_forum, make_registration, sign_in

from .sample import make_programme

PUBLIC = "/forums/gtn-forum-2013/programme/sessions"
MANAGE = "/forums/gtn-forum-2013/manage/programme/sessions"
SPEAKING = "/forums/gtn-forum-2013/my/speaking"
TITLES = {access: f"For {access.value}" for access in MaterialAccess}


@pytest.fixture
def forum(database: None) -> Forum:
    """A forum whose session on cold chains has a file for each rule of access."""
    forum = make_programme()
    make_category(forum)
    return forum


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def materials(forum: Forum, organiser: Account) -> dict[MaterialAccess, SessionMaterial]:
    made = {
        access: add_material(forum, cold(), details(access), pdf(), actor=organiser, now=MADE_AT)
        for access in MaterialAccess
    }
    db.session.commit()
    return made


@pytest.fixture
def speaker(forum: Forum) -> Account:
    """Hana Mori, who speaks of cold chains."""
    account = make_account("hana@firm.example")
    db.session.scalars(select(Speaker).where(Speaker.name == "Hana Mori")).one().account_id = account.id
    db.session.commit()
    return account


def details(access: MaterialAccess = MaterialAccess.PUBLIC, **values: Any) -> MaterialDetails:
    return MaterialDetails(**{"kind": MaterialKind.SLIDES, "title": TITLES[access], "access": access} | values)


def pdf(name: str = "talk.pdf") -> FileStorage:
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(stream)
    stream.seek(0)
    return FileStorage(stream, filename=name)


def cold() -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == "Cold chains off the grid")).one()


def seen(client: FlaskClient, materials: dict[MaterialAccess, SessionMaterial]) -> tuple[set[str], set[str]]:
    """Which materials the page lists, and which are sent."""
    page = client.get(f"{PUBLIC}/{cold().code}").text
    listed = {access.value for access in materials if TITLES[access] in page}
    sent = set()
    for access, material in materials.items():
        answer = client.get(f"{PUBLIC}/{cold().code}/materials/{material.id}")
        assert answer.status_code in {200, 404}
        if answer.status_code == 200:
            assert answer.data[:5] == b"%PDF-"
            sent.add(access.value)
    return listed, sent


@pytest.mark.parametrize(
    ("state", "may_have"),
    [
        ("nobody", {"public"}),
        ("stranger", {"public"}),
        (RegistrationState.PENDING, {"public", "registered"}),
        (RegistrationState.WAITLISTED, {"public", "registered"}),
        (RegistrationState.CONFIRMED, {"public", "registered", "confirmed"}),
        (RegistrationState.CANCELLED, {"public"}),
        (RegistrationState.REJECTED, {"public"}),
    ],
)
def test_people_are_shown_and_sent_what_is_for_them(
    client: FlaskClient,
    forum: Forum,
    materials: dict[MaterialAccess, SessionMaterial],
    state: RegistrationState | str,
    may_have: set[str],
) -> None:
    if state != "nobody":
        account = make_account("reader@firm.example")
        if isinstance(state, RegistrationState):
            make_registration(forum.categories[0], account, state)
        sign_in(client, account)
    assert seen(client, materials) == (may_have, may_have)


def test_a_registration_for_another_forum_opens_nothing(
    client: FlaskClient, forum: Forum, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    other = make_forum("gtn-forum-2014", title="Other", reference_prefix="GTN14")
    account = make_account("b@firm.example")
    make_registration(make_category(other), account, RegistrationState.CONFIRMED)
    sign_in(client, account)
    assert seen(client, materials) == ({"public"}, {"public"})
    address = f"/forums/gtn-forum-2014/programme/sessions/{cold().code}/materials/{materials[MaterialAccess.PUBLIC].id}"
    assert client.get(address).status_code == 404


def test_organisers_and_who_speaks_there_have_everything(
    client: FlaskClient, organiser: Account, speaker: Account, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    everything = {each.value for each in MaterialAccess}
    for account in (organiser, speaker):
        sign_in(client, account)
        assert seen(client, materials) == (everything, everything)


def test_a_material_of_one_session_is_not_sent_as_one_of_another(
    client: FlaskClient, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    other = db.session.scalars(select(ForumSession).where(ForumSession.title == "Buying green")).one()
    material = materials[MaterialAccess.PUBLIC]
    assert client.get(f"{PUBLIC}/{other.code}/materials/{material.id}").status_code == 404


@pytest.mark.parametrize(
    ("file", "url", "kind"),
    [
        (None, "", MaterialKind.SLIDES),
        ("talk.pdf", "https://example.org/talk", MaterialKind.SLIDES),
        ("talk.pdf", "", MaterialKind.RECORDING),
    ],
)
def test_it_is_a_file_or_a_link_and_a_recording_is_a_link(
    forum: Forum, organiser: Account, file: str | None, url: str, kind: MaterialKind
) -> None:
    given = pdf(file) if file else None
    with pytest.raises(ProgrammeRefused):
        add_material(forum, cold(), details(url=url, kind=kind), given, actor=organiser, now=MADE_AT)


def test_content_decides_and_not_the_name(forum: Forum, organiser: Account) -> None:
    page = FileStorage(io.BytesIO(b"<html><script>alert(1)</script>"), filename="slides.pdf")
    with pytest.raises(UploadRefused):
        add_material(forum, cold(), details(), page, actor=organiser, now=MADE_AT)


def test_there_are_so_many_and_no_more(forum: Forum, organiser: Account) -> None:
    for number in range(MOST_MATERIALS):
        link = details(url=f"https://example.org/{number}")
        add_material(forum, cold(), link, None, actor=organiser, now=MADE_AT)
    with pytest.raises(ProgrammeRefused):
        add_material(forum, cold(), details(url="https://example.org/more"), None, actor=organiser, now=MADE_AT)


def test_the_organiser_adds_opens_and_takes_away(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    sign_in(client, organiser)
    address = f"{MANAGE}/{cold().code}/materials"
    sent = {"title": "Slides", "kind": "slides", "access": "confirmed", "file": (pdf().stream, "talk.pdf")}
    assert client.post(address, data=sent).status_code == 302
    material = db.session.scalars(select(SessionMaterial)).one()
    assert client.post(f"{address}/{material.id}/access", data={"access": "public"}).status_code == 302
    assert client.post(f"{address}/{material.id}/access", data={"access": "nobody"}).status_code == 400
    db.session.refresh(material)
    assert material.access is MaterialAccess.PUBLIC
    client.post(f"{address}/{material.id}/delete")
    assert db.session.scalars(select(SessionMaterial)).all() == []
    assert db.session.scalars(select(Upload.deleted_at)).one() is not None


@pytest.mark.parametrize("url", ["javascript://example.org/%0aalert(1)", "ftp://example.org/x", "talk"])
def test_only_web_addresses_are_linked(client: FlaskClient, forum: Forum, organiser: Account, url: str) -> None:
    sign_in(client, organiser)
    sent = {"title": "Film", "kind": "recording", "access": "public", "url": url}
    answer = client.post(f"{MANAGE}/{cold().code}/materials", data=sent)
    assert (answer.status_code, db.session.scalars(select(SessionMaterial)).all()) == (422, [])


def test_a_speaker_adds_to_own_sessions_and_takes_only_own_away(
    client: FlaskClient, speaker: Account, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    sign_in(client, speaker)
    address = f"{SPEAKING}/sessions/{cold().code}"
    sent = {"title": "My film", "kind": "recording", "access": "public", "url": "https://example.org/film"}
    assert client.post(address, data=sent).status_code == 302
    mine = db.session.scalars(select(SessionMaterial).where(SessionMaterial.title == "My film")).one()
    other = materials[MaterialAccess.PUBLIC].id
    assert client.post(f"{address}/materials/{other}/delete").status_code == 404
    assert 'href="https://example.org/film"' in client.get(f"{PUBLIC}/{cold().code}").text
    assert export_forum(speaker)["materials_added"] == [{"session": "Cold chains off the grid", "title": "My film"}]
    assert client.post(f"{address}/materials/{mine.id}/delete").status_code == 302
    elsewhere = db.session.scalars(select(ForumSession).where(ForumSession.title == "Buying green")).one()
    assert client.get(f"{SPEAKING}/sessions/{elsewhere.code}").status_code == 404


def test_others_do_not_keep_materials(
    client: FlaskClient, forum: Forum, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    sign_in(client, make_account("stranger@firm.example"))
    answers = [client.get(each).status_code for each in (f"{MANAGE}/{cold().code}/materials", SPEAKING)]
    assert answers == [403, 404]


def test_materials_go_with_the_session_and_stay_without_their_person(
    forum: Forum, organiser: Account, speaker: Account, materials: dict[MaterialAccess, SessionMaterial]
) -> None:
    added = add_material(forum, cold(), details(), pdf(), actor=speaker, now=MADE_AT)
    erase_forum(speaker, MADE_AT)
    db.session.refresh(added)
    assert added.added_by_id is None
    remove_session(forum, cold(), actor=organiser, now=MADE_AT)
    assert db.session.scalars(select(SessionMaterial)).all() == []
    assert None not in db.session.scalars(select(Upload.deleted_at)).all()
