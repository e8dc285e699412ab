"""The editor of letters: who may, what it keeps and refuses; a preview writes nothing and opens no passport."""

import io
import sys
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from pypdf import PdfReader
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import Base, db
from gtn_events.core.permissions import Permission
from gtn_events.core.uploads import Upload
from gtn_events.designs.keeping import current_design
from gtn_events.designs.models import DocumentDesign
from gtn_events.forum import design_owner
from gtn_events.forum.domain.passports import ask_for_letter
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration
from tests.certificates.designing import drawn
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.forum.lettering import SECRET, passport
from tests.queries import count_queries

KINDS = ("letter-invitation", "letter-visa")
PAGES = sys.modules["gtn_events.designs.views.blueprint"]  # in its package the name is the blueprint itself
TYPED = {"seen": "0", "template": "letterhead", "orientation": "portrait", "language": "en"}


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The pages open some weeks before the forum, not today."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: now)


@pytest.fixture
def organiser(forum: Forum) -> Account:
    person = make_account("chief@gtn.example", family_name="Chief")
    grant_role(person, Role.ORGANISER, forum.scope)
    return person


@pytest.fixture
def letter_desk(client: FlaskClient, organiser: Account) -> FlaskClient:
    sign_in(client, organiser)
    return client


@pytest.fixture
def rosa(forum: Forum, now: datetime) -> Registration:
    made = make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)
    ask_for_letter(made, passport(), actor=made.account, now=now)
    db.session.commit()
    return made


def editor(forum: Forum, kind: str = "letter-invitation") -> str:
    return f"/designs/forum-{forum.id}/{kind}"


def rows() -> dict[str, int]:
    """How many rows each table has."""
    tables = Base.metadata.sorted_tables
    return {each.name: db.session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}


def said(page: str) -> str:
    return " ".join(html.document_fromstring(page).text_content().split())


@pytest.mark.parametrize("kind", KINDS)
def test_editor_offers_both_templates_and_the_fields_of_the_kind(
    letter_desk: FlaskClient, forum: Forum, rosa: Registration, kind: str
) -> None:
    page = html.document_fromstring(letter_desk.get(editor(forum, kind)).text)
    assert page.xpath('//input[@name="template"]/@value') == ["mark", "letterhead"]
    assert page.xpath('//input[@name="orientation"]/@value') == ["portrait"]
    names = [each.text_content() for each in page.xpath("//dl//code")]
    assert ("{consulate}" in names, "{name}" in names) == (kind == "letter-visa", True)
    assert ("a preview opens none that was sent" in page.text_content()) == (kind == "letter-visa")
    assert page.xpath('//select[@name="show"]/option[1]/text()') == ["Rosa HUAMÁN"]
    assert SECRET not in page.text_content()


def test_a_design_is_kept_with_its_signature_and_used_for_the_next_letter(
    letter_desk: FlaskClient, forum: Forum, rosa: Registration
) -> None:
    sent: dict[str, Any] = {
        **TYPED,
        "text": "Come, {name}.\r\n\r\nBe our guest.",
        "signatory-1-name": "Dewi Lestari",
        "signatory-1-role": "Head",
        "signatory-1": drawn("signature.png"),
    }
    assert letter_desk.post(editor(forum), data=sent).status_code == 302
    kept = current_design(forum.scope, "letter-invitation")
    assert kept is not None
    assert (kept.design.template, kept.design.texts) == ("letterhead", {"text": "Come, {name}.\n\nBe our guest."})
    assert kept.design.signatories[0].upload_id is not None
    letter_desk.post(f"/forums/{forum}/manage/letters/{rosa.id}/issue", data={"kind": "invitation"})
    page = said(letter_desk.get(f"{editor(forum)}/versions").text)
    assert "Version 1 Used now Letterhead · 1 document" in page


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"text": "Dear {nmae}"}, "text", "no field {nmae}"),
        ({"closing": "We guarantee entry."}, "closing", "must not promise"),
        ({"heading": "x" * 81}, "heading", "at most 80 fit the page"),
        ({"signatory-1-role": "Head"}, "signatory-1-name", "Write who signs."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    letter_desk: FlaskClient, forum: Forum, typed: dict[str, str], field: str, why: str
) -> None:
    sent = {**TYPED, "network": "The organisers", **typed}
    reply = letter_desk.post(editor(forum), data=sent)
    page = html.document_fromstring(reply.text)
    (box,) = page.xpath(f'//*[@name="{field}"]/ancestor::div[contains(@class, "field")][1]')
    assert (reply.status_code, why in box.text_content()) == (422, True)
    assert page.xpath('//textarea[@name="network"]')[0].text.strip() == "The organisers"
    assert current_design(forum.scope, "letter-invitation") is None


def test_of_two_who_save_the_later_one_is_told_what_is_stored(letter_desk: FlaskClient, forum: Forum) -> None:
    assert letter_desk.post(editor(forum), data={**TYPED, "heading": "First"}).status_code == 302
    late = letter_desk.post(editor(forum), data={**TYPED, "heading": "Second"})
    assert (late.status_code, "Stored now: First" in late.text) == (409, True)
    kept = current_design(forum.scope, "letter-invitation")
    assert kept is not None
    assert kept.design.texts["heading"] == "First"


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_writes_nothing_and_opens_no_passport(
    letter_desk: FlaskClient, forum: Forum, rosa: Registration, kind: str
) -> None:
    before = rows()
    long = "\n\n".join(["Bring what you would like to share with others. " * 12] * 6)
    picture = letter_desk.post(f"{editor(forum, kind)}/preview", data={**TYPED, "text": long})
    file = letter_desk.post(f"{editor(forum, kind)}/preview.pdf", data={**TYPED, "text": long})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.data)).pages]
    assert (picture.status_code, picture.mimetype, len(pages)) == (200, "image/png", 2)
    assert ("HUAMÁN" in "".join(pages), SECRET in "".join(pages)) == (True, False)
    assert rows() == before


def test_previews_read_no_more_when_more_are_approved(
    letter_desk: FlaskClient, forum: Forum, rosa: Registration
) -> None:
    counts = []
    for number in range(2):
        for each in range(4):
            person = make_account(f"p{number}{each}@firm.example")
            make_registration(rosa.category, person, RegistrationState.APPROVED)
        db.session.commit()
        with count_queries() as queries:
            assert letter_desk.get(editor(forum)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_pictures_of_another_forum_are_refused(letter_desk: FlaskClient, organiser: Account, forum: Forum) -> None:
    other = make_forum("other-forum", title="The other one")
    grant_role(organiser, Role.ORGANISER, other.scope)
    theirs = {**TYPED, "logo-1": drawn(), "logo-1-description": "Theirs"}
    assert letter_desk.post(editor(other), data=theirs).status_code == 302
    number = str(db.session.scalars(select(Upload.id)).one())
    stolen = {**TYPED, "logo-1-upload": number, "logo-1-description": "Ours"}
    reply = letter_desk.post(editor(forum), data=stolen)
    assert (reply.status_code, "This picture is not there any more" in reply.text) == (422, True)
    assert letter_desk.get(f"/designs/forum-{forum.id}/pictures/{number}").status_code == 404


@pytest.mark.parametrize("role", [None, Role.HELPER, Role.CHECK_IN_STAFF])
def test_for_everybody_else_the_pages_do_not_exist(client: FlaskClient, forum: Forum, role: Role | None) -> None:
    person = make_account("person@firm.example")
    if role:
        grant_role(person, role, forum.scope)
    sign_in(client, person)
    gets = ("", "/versions", "/copy", "/versions/0.png", "/templates/mark.png")
    posts = ("", "/preview", "/preview.pdf", "/versions/0/use", "/copy")
    answers = [client.get(editor(forum) + each) for each in gets]
    answers += [client.post(editor(forum) + each, data=TYPED) for each in posts]
    assert {each.status_code for each in answers} == {404}
    assert db.session.scalar(select(func.count()).select_from(DocumentDesign)) == 0


def test_who_issues_certificates_only_designs_no_letters_and_the_other_way_round(
    monkeypatch: pytest.MonkeyPatch, letter_desk: FlaskClient, forum: Forum
) -> None:
    kinds = ("participation", "letter-visa")
    for missing, statuses in ((Permission.FORUM_SENSITIVE_SEE, (200, 404)), ("other", (404, 200))):
        withheld = missing if missing != "other" else Permission.FORUM_CERTIFICATES_ISSUE
        with monkeypatch.context() as patch:
            patch.setattr(PAGES, "may", lambda asked, _thing, no=withheld: asked is not no)
            patch.setattr(design_owner, "may", lambda asked, _thing, no=withheld: asked is not no)
            assert tuple(letter_desk.get(editor(forum, kind)).status_code for kind in kinds) == statuses
            index = html.document_fromstring(letter_desk.get(f"/designs/forum-{forum.id}").text)
        headings = [each.text_content() for each in index.xpath("//li//h2")]
        assert ("Certificate of participation" in headings, "Visa letter" in headings) == tuple(
            status == 200 for status in statuses
        )
        (back,) = index.xpath('//nav[contains(@class, "breadcrumb")]//a/@href')
        assert back.endswith("/letters" if statuses[0] == 404 else "/certificates")
