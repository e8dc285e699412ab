"""Speakers have a photo, an account and a page of their own, on which they keep what is said of them."""

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.speakers import LARGEST_SIDE, give_account, remove_photo, set_photo
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, Speaker, SpeakerPhoto, TimeAway
from gtn_events.forum.personal_data import erase_forum, export_forum
from tests.factories import MADE_AT, grant_role, make_account, sign_in
from tests.pdf_structure import faults_of_structure

from .sample import make_programme

PUBLIC = "/forums/gtn-forum-2013/programme/speakers"
MANAGE = "/forums/gtn-forum-2013/manage/programme/speakers"
SPEAKING = "/forums/gtn-forum-2013/my/speaking"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_programme()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def hana(forum: Forum) -> Account:
    """The account of the speaker Hana Mori."""
    account = make_account("hana@firm.example")
    speaker("Hana Mori").account_id = account.id
    db.session.commit()
    return account


def speaker(name: str) -> Speaker:
    return db.session.scalars(select(Speaker).where(Speaker.name == name)).one()


def picture(side: int = 1600) -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (side, side // 2), "green").save(stream, "JPEG")
    stream.seek(0)
    return stream, "me.jpg"


def send_photo(client: FlaskClient, address: str, description: str = "A woman at a desk") -> int:
    sent = {"photo-file": picture(), "photo-description": description}
    return client.post(address, data=sent).status_code


def test_a_speaker_shows_a_photo_that_is_drawn_small_and_described(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    assert send_photo(client, f"{SPEAKING}/photo") == 302
    photo = db.session.scalars(select(SpeakerPhoto)).one()
    with Image.open(upload_path(photo.upload)) as drawn:
        assert drawn.size == (LARGEST_SIDE, LARGEST_SIDE // 2)
    code = speaker("Hana Mori").code
    assert f'src="{PUBLIC}/{code}/photo" alt="A woman at a desk"' in client.get(f"{PUBLIC}/{code}").text
    sent = client.get(f"{PUBLIC}/{code}/photo")
    assert (sent.status_code, sent.mimetype) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"photo-file": (io.BytesIO(b"<svg onload='x'/>"), "me.png"), "photo-description": "Me"}, "an SVG drawing"),
        ({"photo-file": picture(10), "photo-description": ""}, "Say what can be seen"),
        ({"photo-description": "Me"}, "Choose a picture."),
    ],
)
def test_what_is_no_picture_or_has_no_words_is_refused(
    client: FlaskClient, hana: Account, sent: dict[str, object], words: str
) -> None:
    sign_in(client, hana)
    answer = client.post(f"{SPEAKING}/photo", data=sent)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert db.session.scalars(select(SpeakerPhoto)).all() == []


def test_only_the_file_of_a_further_photo_is_optional(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    hint = re.compile(r'id="photo-file-hint">([^<]*)<')
    told = "JPEG, PNG or WebP, at most 5 MB. Place and camera data are taken out."
    assert hint.findall(client.get(SPEAKING).text) == [told]
    send_photo(client, f"{SPEAKING}/photo")
    assert hint.findall(client.get(SPEAKING).text) == [f"{told} Optional."]


def test_another_photo_takes_the_place_of_the_first_and_both_go(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    for description in ("First", "Second"):
        send_photo(client, f"{SPEAKING}/photo", description)
    assert client.post(f"{SPEAKING}/photo", data={"photo-description": "Third"}).status_code == 302
    assert db.session.scalars(select(SpeakerPhoto)).one().description == "Third"
    client.post(f"{SPEAKING}/photo/delete")
    assert db.session.scalars(select(SpeakerPhoto)).all() == []
    assert None not in db.session.scalars(select(Upload.deleted_at)).all()
    assert client.get(f"{PUBLIC}/{speaker('Hana Mori').code}/photo").status_code == 404


def test_a_biography_is_public_with_the_next_version(
    client: FlaskClient, forum: Forum, organiser: Account, hana: Account
) -> None:
    release_programme(forum, notes="", seen=0, actor=organiser, now=MADE_AT)
    db.session.commit()
    sign_in(client, hana)
    client.post(SPEAKING, data={"biography": "Cools **fish**."})
    code = speaker("Hana Mori").code
    before = client.get(f"{PUBLIC}/{code}").text
    release_programme(forum, notes="", seen=1, actor=organiser, now=MADE_AT)
    db.session.commit()
    after = client.get(f"{PUBLIC}/{code}").text
    assert ["Cools <strong>fish</strong>." in html for html in (before, after)] == [False, True]


def test_a_speaker_says_when_they_cannot_come(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    sent = {"starts_at": "2013-06-05T15:00", "ends_at": "2013-06-05T18:00", "reason": "Flight"}
    assert client.post(f"{SPEAKING}/away", data=sent).status_code == 302
    away = db.session.scalars(select(TimeAway)).one()
    assert "Flight" in client.get(SPEAKING).text
    client.post(f"{SPEAKING}/away/{away.id}/delete")
    assert db.session.scalars(select(TimeAway)).all() == []


def test_the_home_page_leads_to_the_page_of_a_speaker(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    assert f'href="{SPEAKING}"' in client.get("/home").text
    assert "Cold chains off the grid" in client.get(SPEAKING).text


def test_the_organiser_gives_a_speaker_an_account_and_takes_it_back(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    make_account("rosa@firm.example")
    sign_in(client, organiser)
    address = f"{MANAGE}/{speaker('Rosa Huamán').code}"
    refused = client.post(f"{address}/account", data={"account-email": "nobody@firm.example"})
    assert (refused.status_code, "Nobody has an account with this address yet." in refused.text) == (422, True)
    client.post(f"{address}/account", data={"account-email": " Rosa@Firm.example "})
    assert speaker("Rosa Huamán").account is not None
    client.post(f"{address}/account", data={"account-email": ""})
    db.session.expire_all()
    assert speaker("Rosa Huamán").account is None
    assert send_photo(client, f"{address}/photo") == 302
    assert "A woman at a desk" in client.get(address).text


def test_an_account_is_one_speaker_of_a_forum(forum: Forum, organiser: Account, hana: Account) -> None:
    with pytest.raises(ProgrammeRefused, match="belongs to Hana Mori already"):
        give_account(forum, speaker("Rosa Huamán"), hana.email, actor=organiser, now=MADE_AT)


def test_nobody_else_keeps_what_is_said_of_a_speaker(client: FlaskClient, hana: Account) -> None:
    assert client.get(SPEAKING).status_code == 302
    sign_in(client, make_account("stranger@firm.example"))
    pages = [SPEAKING, f"{SPEAKING}/away", f"{SPEAKING}/sessions/ABCDEF"]
    assert [client.get(each).status_code for each in pages] == [404, 404, 404]
    assert [client.post(f"{SPEAKING}/{each}").status_code for each in ("photo", "photo/delete")] == [404, 404]
    assert client.post(f"{MANAGE}/{speaker('Hana Mori').code}/account").status_code == 403


def test_the_export_tells_and_the_erasure_takes_the_photo_away(client: FlaskClient, hana: Account) -> None:
    sign_in(client, hana)
    send_photo(client, f"{SPEAKING}/photo")
    (told,) = export_forum(hana)["as_a_speaker"]
    assert (told["name"], told["photo"]) == ("Hana Mori", "A woman at a desk")
    erase_forum(hana, MADE_AT)
    assert (db.session.scalars(select(SpeakerPhoto)).all(), speaker("Hana Mori").account_id) == ([], None)


def photograph(name: str, organiser: Account, forum: Forum) -> Speaker:
    person = speaker(name)
    file = FileStorage(picture()[0], filename="hana.jpg")
    set_photo(forum, person, file, "A woman at a microphone.", actor=organiser, now=MADE_AT)
    db.session.commit()
    return person


@pytest.mark.parametrize("released", [False, True])
def test_files_name_the_photo_as_long_as_it_stands_on_the_page(
    client: FlaskClient, forum: Forum, organiser: Account, released: bool
) -> None:
    if released:
        release_programme(forum, notes="", seen=0, actor=organiser, now=MADE_AT)
        db.session.commit()
    address = f"{PUBLIC}/hana-mori/photo"
    cold = db.session.scalars(select(ForumSession).where(ForumSession.title == "Cold chains off the grid")).one()
    pages = [f"/forums/{forum}/programme/files/{name}" for name in ("schedule.json", "programme.jsonld")]
    pages.append(f"/forums/{forum}/programme/sessions/{cold.code}")

    def told() -> list[bool]:
        return [f'{address}"' in client.get(page).get_data(as_text=True) for page in pages]

    before = told()
    hana = photograph("Hana Mori", organiser, forum)
    kept = [client.get(page).headers.get("ETag") for page in pages[:2]]
    during = told()
    remove_photo(forum, hana, actor=organiser, now=MADE_AT)
    db.session.commit()
    assert (before, during, told()) == ([False] * 3, [True] * 3, [False] * 3)
    # What a browser or an app kept is asked for again.
    again = [
        client.get(page, headers={"If-None-Match": tag or ""}).status_code
        for page, tag in zip(pages, kept, strict=False)
    ]
    assert again == [200, 200]


def test_schedule_json_with_photos_keeps_to_its_schema(
    client: FlaskClient, forum: Forum, organiser: Account, shared_data: Path
) -> None:
    photograph("Hana Mori", organiser, forum)
    rules = json.loads((shared_data / "schemas" / "schedule.schema.json").read_text("utf-8"))
    written = client.get(f"/forums/{forum}/programme/files/schedule.json").data
    schema = jsonschema.validators.validator_for(rules)(rules)
    assert b'"avatar":"http' in written
    assert [error.message for error in schema.iter_errors(json.loads(written))] == []


def test_the_booklet_has_small_photos_in_its_index_with_words_for_those_who_do_not_see_them(
    forum: Forum, organiser: Account
) -> None:
    plain = programme_booklet(forum)
    photograph("Hana Mori", organiser, forum)
    booklet = programme_booklet(forum)
    sizes = [image.image.size for page in PdfReader(io.BytesIO(booklet)).pages for image in page.images if image.image]
    assert (160, 80) in sizes
    assert faults_of_structure(booklet, title=f"Programme of the {forum.title}") == []
    assert programme_booklet(forum) == booklet
    remove_photo(forum, speaker("Hana Mori"), actor=organiser, now=MADE_AT)
    db.session.commit()
    assert programme_booklet(forum) == plain


def test_a_photo_whose_file_is_lost_leaves_the_booklet_as_it_is(forum: Forum, organiser: Account) -> None:
    plain = programme_booklet(forum)
    photograph("Hana Mori", organiser, forum)
    upload_path(db.session.scalars(select(SpeakerPhoto)).one().upload).unlink()
    assert programme_booklet(forum) == plain
