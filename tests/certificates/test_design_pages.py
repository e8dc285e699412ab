"""The editor of how certificates look: what it keeps, what it refuses, who may, and that a preview writes nothing."""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.certificates.domain import issue_certificate
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.patience import MissCounter
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.designs import keeping
from gtn_events.designs.copying import take_designs
from gtn_events.designs.keeping import current_design, keep_design
from gtn_events.designs.kinds import designed_kind
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.views import drawing, pictures, preview
from gtn_events.forum.enums import LetterKind
from gtn_events.forum.models import Forum
from tests.competition.factories import make_competition
from tests.factories import grant_role, make_account, make_forum, sign_in
from tests.incubation.factories import make_call
from tests.queries import count_queries

from .designing import KIND, TYPED, design, drawn, give_room
from .examples import KEY, issue_request

CERTIFICATES = ["participation", "speaker", "organiser", "volunteer"]
FORUM_KINDS = [*CERTIFICATES, *(each.designed for each in LetterKind), "participants-list", "sign-in-sheet"]


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    person = make_account("organiser@gtn.example", family_name="Organiser")
    grant_role(person, Role.ORGANISER, forum.scope)
    return person


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates with room for pictures, whatever those of today have."""
    give_room(monkeypatch)


@pytest.fixture
def desk(client: FlaskClient, organiser: Account) -> FlaskClient:
    sign_in(client, organiser)
    return client


@pytest.fixture
def here(forum: Forum) -> str:
    return f"/designs/forum-{forum.id}/participation"


def shown(text: str) -> Any:
    return html.fromstring(text).get_element_by_id("main")


def said(text: str) -> str:
    return " ".join(shown(text).text_content().split())


def errors_at(text: str, name: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in shown(text).xpath(f'//*[@id="{name}-error"]//p')]


def versions(scope: Scope) -> list[DocumentDesign]:
    statement = select(DocumentDesign).where(DocumentDesign.scope_id == scope.id)
    return list(db.session.scalars(statement.order_by(DocumentDesign.number)))


def test_saving_makes_a_version_with_who_and_when(
    desk: FlaskClient, forum: Forum, organiser: Account, here: str
) -> None:
    reply = desk.post(here, data={**TYPED, "heading": "With  thanks"})
    assert (reply.status_code, reply.location) == (302, here)
    found = versions(forum.scope)
    assert [(each.number, each.design, each.created_by_id) for each in found] == [
        (1, design(texts={"heading": "With thanks"}), organiser.id)
    ]
    page = desk.get(here)
    assert shown(page.text).xpath('//*[@name="heading"]/@value') == ["With thanks"]
    assert "Version 1" in said(page.text)


def test_an_empty_text_is_the_templates_own(desk: FlaskClient, forum: Forum, here: str) -> None:
    page = desk.get(here).text
    assert shown(page).xpath('//*[@name="heading"]/@placeholder') == ["Certificate of participation"]
    desk.post(here, data={**TYPED, "heading": "  "})
    assert versions(forum.scope)[0].design.texts == {}


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({"heading": "x" * 61}, ("heading", "This text has 61 letters; at most 60 fit the page.")),
        ({"language": "tlh"}, ("language", "")),
        ({"signatory-1-role": "Chair"}, ("signatory-1-name", "Write who signs.")),
        ({"signatory-1-name": "N" * 61}, ("signatory-1-name", "Use at most 60 signs.")),
        ({"logo-1-description": "A tree"}, ("logo-1", "Choose the picture, or take the description away.")),
        ({"logo-1-upload": "999", "logo-1-description": "A tree"}, ("logo-1", "This picture is not there any more.")),
        ({"logo-1-upload": "9" * 40, "logo-1-description": "A tree"}, ("logo-1", "Choose the picture")),
        ({"signatory-1-name": "Ana", "signatory-1-upload": "999"}, ("signatory-1", "This picture is not there any")),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_all_else_is_kept(
    desk: FlaskClient, forum: Forum, here: str, typed: Any, wanted: tuple[str, str]
) -> None:
    kept = {"signatory-2-name": "Rosa Huamán", "signatory-2-role": "Secretary"}
    reply = desk.post(here, data={**TYPED, "heading": "Thanks", **kept, **typed})
    assert reply.status_code == 422
    field, told = wanted
    assert [each.startswith(told) for each in errors_at(reply.text, field)] == [True]
    assert "Rosa Huamán" in reply.text
    assert versions(forum.scope) == []


def test_a_wrong_template_is_refused(desk: FlaskClient, forum: Forum, here: str) -> None:
    reply = desk.post(here, data={**TYPED, "template": "award"})
    assert (reply.status_code, versions(forum.scope)) == (422, [])


def test_a_picture_stays_when_another_field_is_wrong(room: None, desk: FlaskClient, forum: Forum, here: str) -> None:
    sent = {**TYPED, "heading": "x" * 61, "logo-1": drawn(), "logo-1-description": "A leaf"}
    reply = desk.post(here, data=sent)
    upload_id = db.session.scalars(select(Upload.id)).one()
    assert (reply.status_code, shown(reply.text).xpath('//*[@name="logo-1-upload"]/@value')) == (422, [str(upload_id)])
    again = {**TYPED, "logo-1-upload": str(upload_id), "logo-1-description": "A leaf"}
    assert desk.post(here, data=again).status_code == 302
    assert [each.upload_id for each in versions(forum.scope)[0].design.logos] == [upload_id]
    picture = desk.get(f"/designs/forum-{forum.id}/pictures/{upload_id}")
    assert (picture.status_code, picture.mimetype) == (200, "image/png")


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("data", "name"),
    [(b"%PDF-1.7\n%%EOF", "logo.pdf"), (b"no picture", "logo.png"), (b"\x89PNG" + b"0" * 3_000_000, "l.png")],
)
def test_what_is_no_picture_or_too_large_is_told_at_the_field(
    desk: FlaskClient, forum: Forum, here: str, data: bytes, name: str
) -> None:
    sent = {**TYPED, "logo-1": (io.BytesIO(data), name), "logo-1-description": "A leaf", "heading": "Thanks"}
    reply = desk.post(here, data=sent)
    assert (reply.status_code, len(errors_at(reply.text, "logo-1"))) == (422, 1)
    assert shown(reply.text).xpath('//*[@name="logo-1-description"]/@value') == ["A leaf"]
    assert (versions(forum.scope), db.session.scalars(select(Upload)).all()) == ([], [])


def test_a_picture_of_another_forum_is_not_used(
    room: None, desk: FlaskClient, organiser: Account, forum: Forum, here: str
) -> None:
    other = make_forum("other-forum")
    grant_role(organiser, Role.ORGANISER, other.scope)
    theirs = f"/designs/forum-{other.id}"
    desk.post(f"{theirs}/participation", data={**TYPED, "logo-1": drawn(), "logo-1-description": "A leaf"})
    upload_id = db.session.scalars(select(Upload.id)).one()
    sent = {**TYPED, "logo-1-upload": str(upload_id), "logo-1-description": "A leaf"}
    reply = desk.post(here, data=sent)
    assert (reply.status_code, versions(forum.scope)) == (422, [])
    assert desk.post(f"{here}/preview", data=sent).status_code == 422
    assert desk.get(f"/designs/forum-{forum.id}/pictures/{upload_id}").status_code == 404
    assert desk.get(f"{theirs}/pictures/{upload_id}").status_code == 200


def test_a_picture_that_nobody_saved_is_deleted_after_a_day(
    room: None, desk: FlaskClient, organiser: Account, forum: Forum, here: str
) -> None:
    for _ in range(3):
        desk.post(here, data={**TYPED, "logo-1": drawn(), "logo-1-description": "A leaf", "act": "keep"})
    used, old, new = db.session.scalars(select(Upload).order_by(Upload.id))
    for each in (used, old):
        each.created_at -= timedelta(days=2)
    db.session.commit()
    desk.post(here, data={**TYPED, "logo-1-upload": str(used.id), "logo-1-description": "A leaf"})
    assert [each.deleted_at is None for each in (used, old, new)] == [True, False, True]


def test_rows_move_and_are_taken_away_without_anything_being_saved(
    monkeypatch: pytest.MonkeyPatch, desk: FlaskClient, forum: Forum, here: str
) -> None:
    give_room(monkeypatch, signatures=3)
    names = {f"signatory-{number}-name": name for number, name in enumerate(("Ana", "Binh", "Chen"), 1)}

    def after(act: str) -> list[str]:
        reply = desk.post(here, data={**TYPED, **names, "act": act})
        assert reply.status_code == 200
        fields = shown(reply.text).xpath('//input[starts-with(@name, "signatory-")][contains(@name, "-name")]/@value')
        return [each for each in fields if each]

    assert after("up:signatory-2") == ["Binh", "Ana", "Chen"]
    assert after("down:signatory-2") == ["Ana", "Chen", "Binh"]
    assert after("away:signatory-1") == ["Binh", "Chen"]
    for nothing in ("up:signatory-1", "down:signatory-3", "up:signatory-99", "up:logo", "what", "away:x-1"):
        assert after(nothing) == ["Ana", "Binh", "Chen"]
    assert versions(forum.scope) == []


def test_whoever_saves_after_somebody_else_sees_what_stands_and_decides(
    desk: FlaskClient, forum: Forum, organiser: Account, here: str, now: datetime
) -> None:
    keep_design(forum.scope, KIND, design(texts={"heading": "Theirs"}), seen=None, actor=organiser, now=now)
    db.session.commit()
    reply = desk.post(here, data={**TYPED, "heading": "Mine"})
    assert (reply.status_code, errors_at(reply.text, "heading")) == (409, ["Stored now: Theirs"])
    assert shown(reply.text).xpath('//*[@name="heading"]/@value') == ["Mine"]
    assert shown(reply.text).xpath('//*[@name="seen"]/@value') == ["1"]
    assert len(versions(forum.scope)) == 1
    assert desk.post(here, data={**TYPED, "heading": "Mine", "seen": "1"}).status_code == 302
    assert [each.design.texts["heading"] for each in versions(forum.scope)] == ["Theirs", "Mine"]


def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(
    desk: FlaskClient, forum: Forum, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = desk.get_cookie(COOKIE)
    assert cookie is not None
    gate, answers = Barrier(4), []
    monkeypatch.setattr(keeping, "current_design", _met_at(gate, keeping.current_design))

    def save(number: int) -> None:
        other = desk.application.test_client()
        other.set_cookie(COOKIE, cookie.value)
        # A browser sends fields for files without one as well; such a request is not repeated.
        sent = {**TYPED, "heading": f"Number {number}", "logo-1": (io.BytesIO(), "")}
        answers.append(other.post(here, data=sent).status_code)

    db.session.commit()
    threads = [Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(answers), [each.number for each in versions(forum.scope)]) == ([302, 409, 409, 409], [1])


def _met_at(gate: Barrier, read: Callable[..., Any]) -> Callable[..., Any]:
    """Let all look before any of them writes, where the database lets them."""

    def meet(*args: Any) -> Any:
        found = read(*args)
        with suppress(BrokenBarrierError):
            gate.wait(1)
        return found

    return meet


def test_a_picture_that_somebody_else_took_away_meanwhile_is_told(
    room: None, desk: FlaskClient, organiser: Account, forum: Forum, here: str
) -> None:
    desk.post(here, data={**TYPED, "signatory-1-name": "Ana", "signatory-1": drawn()})
    upload_id = versions(forum.scope)[0].design.signatories[0].upload_id
    theirs = {**TYPED, "seen": "1", "signatory-1-name": "Ana"}
    assert desk.post(here, data=theirs).status_code == 302
    reply = desk.post(here, data={**theirs, "signatory-1-upload": str(upload_id)})
    assert (reply.status_code, errors_at(reply.text, "signatory-1")) == (409, ["No picture is stored now."])


def test_a_preview_is_a_picture_and_writes_nothing(desk: FlaskClient, forum: Forum, here: str) -> None:
    before = db.session.scalar(select(func.count()).select_from(JournalEntry))
    with count_queries() as queries:
        one = desk.post(f"{here}/preview", data={**TYPED, "heading": "One", "show": "longest"})
    other = desk.post(f"{here}/preview", data={**TYPED, "heading": "Another", "show": "longest"})
    assert (one.status_code, one.mimetype, one.data[:4], one.data != other.data) == (200, "image/png", b"\x89PNG", True)
    assert one.headers["Cache-Control"] == "private, no-store"
    assert [each for each in queries if not each.lstrip().upper().startswith(("SELECT", "BEGIN", "SET"))] == []
    assert (versions(forum.scope), db.session.scalar(select(func.count()).select_from(JournalEntry))) == ([], before)
    document = desk.post(f"{here}/preview.pdf", data={**TYPED, "heading": "One"})
    assert (document.mimetype, document.data[:5]) == ("application/pdf", b"%PDF-")
    assert document.headers["Content-Disposition"].startswith("inline")


def test_a_preview_of_what_is_wrong_names_the_field(desk: FlaskClient, here: str) -> None:
    for address in (f"{here}/preview", f"{here}/preview.pdf"):
        reply = desk.post(address, data={**TYPED, "heading": "x" * 61})
        assert (reply.status_code, reply.mimetype) == (422, "application/json")
        (error,) = reply.get_json()["errors"]
        told = error.pop("message")
        assert error == {"field": "heading", "label": "Heading"}
        assert told.startswith("This text has 61 letters; at most 60 fit the page.")


def test_without_a_script_the_preview_comes_with_the_page(desk: FlaskClient, forum: Forum, here: str) -> None:
    last = shown(desk.get(here).text).xpath('//select[@name="show"]/option/@value')[-1]
    reply = desk.post(here, data={**TYPED, "heading": "Thanks", "act": "preview", "show": last})
    picture = shown(reply.text).xpath("//img[@data-picture]/@src")[0]
    assert (reply.status_code, picture[:22]) == (200, "data:image/png;base64,")
    assert shown(reply.text).xpath('//select[@name="show"]/option[@selected]/@value') == [last]
    assert shown(reply.text).xpath('//*[@name="heading"]/@value') == ["Thanks"]
    assert versions(forum.scope) == []


def test_nobody_has_more_drawn_than_anybody_looks_at(
    monkeypatch: pytest.MonkeyPatch, desk: FlaskClient, here: str
) -> None:
    monkeypatch.setattr(drawing, "_drawn", MissCounter(misses=2, window=drawing.MINUTE))
    statuses = [desk.post(f"{here}/preview", data=TYPED).status_code for _ in range(3)]
    last = desk.post(f"{here}/preview", data=TYPED)
    assert (statuses, 0 < int(last.headers["Retry-After"]) <= 60) == ([200, 200, 429], True)


def test_one_person_keeps_a_few_places_in_the_line_of_previews_and_others_are_served_beside_it(
    monkeypatch: pytest.MonkeyPatch, desk: FlaskClient, here: str
) -> None:
    answers = []

    def ask() -> None:
        reply = desk.post(f"{here}/preview", data=TYPED)
        answers.append((reply.status_code, reply.headers.get("Retry-After")))

    def draw_while_more_is_typed(_act: Callable[[], bytes]) -> bytes:
        ask()
        return b"drawn"

    monkeypatch.setattr(preview, "draw", draw_while_more_is_typed)
    ask()
    assert answers == [(429, "1"), *[(200, None)] * drawing.MOST_AT_ONCE]
    answers.clear()
    ask()
    assert answers == [(429, "1"), *[(200, None)] * drawing.MOST_AT_ONCE]


def test_pictures_of_versions_wait_in_a_line_of_their_own_and_more_are_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, desk: FlaskClient, here: str
) -> None:
    answers = []

    def ask() -> None:
        reply = desk.get(f"{here}/versions/0.png")
        answers.append((reply.status_code, reply.headers.get("Retry-After")))

    def draw_while_the_page_asks_on(_act: Callable[[], bytes]) -> bytes:
        ask()
        return b"drawn"

    monkeypatch.setattr(pictures, "draw", draw_while_the_page_asks_on)
    ask()
    assert answers == [(429, "1"), *[(200, None)] * drawing.STILL_AT_ONCE]
    assert desk.post(f"{here}/preview", data=TYPED).status_code == 200
    answers.clear()
    ask()
    assert answers == [(429, "1"), *[(200, None)] * drawing.STILL_AT_ONCE]


def test_a_template_is_drawn_once_for_everybody(monkeypatch: pytest.MonkeyPatch, desk: FlaskClient, here: str) -> None:
    monkeypatch.setattr(pictures, "_templates", {})
    monkeypatch.setattr(drawing, "_drawn", MissCounter(misses=1, window=drawing.MINUTE))
    replies = [desk.get(f"{here}/templates/participation.png") for _ in range(3)]
    assert [each.status_code for each in replies] == [200] * 3
    assert len({each.data for each in replies}) == 1
    assert desk.get(f"{here}/versions/0.png").status_code == 429


def test_versions_say_who_and_how_many_and_are_used_again(
    desk: FlaskClient, forum: Forum, organiser: Account, here: str, now: datetime
) -> None:
    for heading in ("First", "Second"):
        keep_design(forum.scope, KIND, design(texts={"heading": heading}), seen=None, actor=organiser, now=now)
    first = versions(forum.scope)[0]
    for number in (1, 2):
        certificate, _new = issue_certificate(issue_request(number), secret_key=KEY, actor=None, now=now)
        certificate.scope_id, certificate.design = forum.id, first
    db.session.commit()
    page = said(desk.get(f"{here}/versions").text)
    assert "Version 2 Used now" in page
    assert "Ring · 2 documents Rosa ORGANISER" in page
    assert "2 documents are issued and keep their looks" in said(desk.get(here).text)

    assert desk.post(f"{here}/versions/1/use", data={"seen": "1"}).status_code == 302
    assert len(versions(forum.scope)) == 2  # somebody who saw an older state does not undo a newer one
    desk.post(f"{here}/versions/1/use", data={"seen": "2"})
    desk.post(f"{here}/versions/0/use", data={"seen": "3"})
    assert [each.design.texts.get("heading") for each in versions(forum.scope)] == ["First", "Second", "First", None]
    assert "Back to the standard" not in said(desk.get(f"{here}/versions").text)
    assert desk.post(f"{here}/versions/9/use", data={"seen": "4"}).status_code == 404


def test_every_picture_of_a_version_and_a_template_is_drawn(desk: FlaskClient, here: str) -> None:
    desk.post(here, data={**TYPED, "heading": "Thanks"})
    for path in ("versions/0.png", "versions/1.png?show=person-1", "templates/participation.png"):
        reply = desk.get(f"{here}/{path}")
        assert (reply.status_code, reply.mimetype) == (200, "image/png")
    for path in ("versions/2.png", "templates/award.png", "templates/nothing.png"):
        assert desk.get(f"{here}/{path}").status_code == 404


def test_a_design_of_another_forum_of_ones_own_is_taken_with_copies_of_its_pictures(
    room: None, desk: FlaskClient, organiser: Account, forum: Forum, here: str
) -> None:
    other, strange = make_forum("other-forum", title="The other one"), make_forum("strange", title="A strange one")
    grant_role(organiser, Role.ORGANISER, other.scope)
    sent = {**TYPED, "heading": "Theirs", "logo-1": drawn(), "logo-1-description": "A leaf"}
    sent |= {"signatory-1": drawn("s.png"), "signatory-1-name": "Ana"}
    desk.post(f"/designs/forum-{other.id}/participation", data=sent)
    keep_design(strange.scope, KIND, design(texts={"heading": "No"}), seen=None, actor=organiser, now=other.created_at)
    db.session.commit()
    page = desk.get(f"{here}/copy").text
    assert ("The other one" in page, "A strange one" in page) == (True, False)
    source, foreign = versions(other.scope)[0], versions(strange.scope)[0]
    for refused in (foreign.id, 0, ""):
        assert desk.post(f"{here}/copy", data={"design": refused, "seen": "0"}).location == f"{here}/copy"
    assert desk.post(f"{here}/copy", data={"design": source.id, "seen": "0"}).location == here
    taken = versions(forum.scope)[0].design
    assert (taken.texts, [each.description for each in taken.logos], [each.name for each in taken.signatories]) == (
        {"heading": "Theirs"},
        ["A leaf"],
        ["Ana"],
    )
    ids = {taken.logos[0].upload_id, taken.signatories[0].upload_id}
    assert ids.isdisjoint({source.design.logos[0].upload_id, source.design.signatories[0].upload_id})
    copies = [db.session.get_one(Upload, each) for each in ids if each]
    assert {each.purpose for each in copies} == {f"designs of forum {forum.id}"}
    assert all(upload_path(each).read_bytes()[:4] == b"\x89PNG" for each in copies)


def test_a_new_edition_has_the_designs_of_the_earlier_one(forum: Forum, organiser: Account, now: datetime) -> None:
    keep_design(forum.scope, KIND, design(texts={"heading": "Ours"}), seen=None, actor=organiser, now=now)
    copy = make_forum("next-forum")
    take_designs(forum.scope, copy.scope, actor=organiser, now=now)
    found = current_design(copy.scope, KIND)
    assert found is not None
    assert (found.number, found.design.texts) == (1, {"heading": "Ours"})


PAGES = ("", "/participation", "/participation/versions", "/participation/copy", "/participation/versions/0.png")
FORMS = ("/participation", "/participation/preview", "/participation/preview.pdf", "/participation/copy")
FORMS += ("/participation/versions/0/use",)


@pytest.mark.parametrize("who", ["other organiser", "helper", "delegate", "coordinator", "door"])
def test_whoever_issues_nothing_there_finds_nothing(client: FlaskClient, forum: Forum, who: str) -> None:
    person, base = make_account("person@firm.example"), f"/designs/forum-{forum.id}"
    roles = {
        "other organiser": (Role.ORGANISER, Scope("forum", forum.id + 1)),
        "helper": (Role.HELPER, forum.scope),
        "coordinator": (Role.ECONOMY_COORDINATOR, Scope("economy", 1)),
        "door": (Role.CHECK_IN_STAFF, forum.scope),
    }
    if who in roles:
        role, scope = roles[who]
        grant_role(person, role, scope)
    sign_in(client, person)
    found = [client.get(f"{base}{page}").status_code for page in PAGES]
    sent = [client.post(f"{base}{page}", data=TYPED).status_code for page in FORMS]
    assert (set(found), set(sent), versions(forum.scope)) == ({404}, {404}, [])


def test_whoever_is_not_signed_in_is_asked_to(client: FlaskClient, forum: Forum) -> None:
    base = f"/designs/forum-{forum.id}"
    answers = [client.get(f"{base}{page}") for page in PAGES] + [client.post(f"{base}{page}") for page in FORMS]
    assert {(each.status_code, each.location.partition("?")[0]) for each in answers} == {(302, "/sign-in")}
    assert client.get("/designs/forum-99999").status_code == 302


@pytest.mark.parametrize("owner", ["forum-0", "forum-99999", "forum", "forum-x", "economy-1", "-", "forum-99999999999"])
def test_what_there_is_not_is_not_found(desk: FlaskClient, owner: str) -> None:
    assert desk.get(f"/designs/{owner}").status_code == 404


def test_a_forum_issues_no_awards(desk: FlaskClient, forum: Forum) -> None:
    assert desk.get(f"/designs/forum-{forum.id}/award").status_code == 404


@pytest.mark.parametrize(
    ("make", "kinds", "helper"),
    [
        (make_forum, FORUM_KINDS, 404),
        (make_competition, ["award", "finalist", "judge"], 404),
        (make_call, ["placement"], 200),
    ],
)
def test_every_owner_has_its_kinds_and_its_people(
    client: FlaskClient, database: None, make: Callable[[], Any], kinds: list[str], helper: int
) -> None:
    thing = make()
    base = f"/designs/{thing.scope.kind}-{thing.scope.id}"
    for role, status in ((Role.ORGANISER, 200), (Role.HELPER, helper)):
        person = make_account(f"{role.value}@gtn.example")
        grant_role(person, role, thing.scope)
        sign_in(client, person)
        index = client.get(base)
        assert index.status_code == status
        if status == 200:
            headings = [each.text_content() for each in shown(index.text).xpath("//h2")]
            assert headings == [designed_kind(kind).label for kind in kinds]
            assert [client.get(f"{base}/{kind}").status_code for kind in kinds] == [200] * len(kinds)
            assert client.get(f"{base}/{kinds[0]}/versions/0.png").status_code == 200


def test_pages_ask_the_same_number_of_questions_at_every_length(
    desk: FlaskClient, forum: Forum, organiser: Account, here: str, now: datetime
) -> None:
    def asked() -> list[int]:
        counts = []
        for page in (here.rpartition("/")[0], here, f"{here}/versions"):
            desk.get(page)
            with count_queries() as queries:
                desk.get(page)
            counts.append(len(queries))
        return counts

    keep_design(forum.scope, KIND, design(texts={"heading": "0"}), seen=None, actor=organiser, now=now)
    db.session.commit()
    few = asked()
    for number in range(1, 6):
        actor = make_account(f"p{number}@firm.example")
        keep_design(forum.scope, KIND, design(texts={"heading": str(number)}), seen=None, actor=actor, now=now)
    db.session.commit()
    assert asked() == few
