"""Sponsors: who they are, in which order, with which logo, and where people see them."""

import io
import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload, UploadRefused
from gtn_events.forum.domain.sponsors import (
    SponsorDetails,
    add_sponsor,
    change_sponsor,
    move_sponsor_up,
    remove_sponsor,
    set_sponsor_logo,
)
from gtn_events.forum.enums import SponsorLevel
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, Sponsor
from gtn_events.forum.queries.sponsors import sponsors_by_level, sponsors_of
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

pytestmark = pytest.mark.usefixtures("database")

BASE = "/forums/gtn-forum-2013/manage/programme/sponsors"


def picture(name: str = "logo.png") -> FileStorage:
    file = io.BytesIO()
    Image.new("RGB", (80, 20), "green").save(file, "PNG")
    file.seek(0)
    return FileStorage(file, filename=name)


def make_sponsor(forum: Forum, name: str, level: SponsorLevel = SponsorLevel.SPONSOR, link: str = "") -> Sponsor:
    details = SponsorDetails(name=name, level=level, link=link)
    return add_sponsor(forum, details, actor=None, now=MADE_AT)


@pytest.fixture
def organiser(client: FlaskClient) -> FlaskClient:
    forum, account = make_forum(), make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    return client


def test_sponsors_stand_by_level_and_within_it_in_their_order() -> None:
    forum = make_forum()
    for name, level in (
        ("Late", SponsorLevel.SUPPORTER),
        ("First", SponsorLevel.SPONSOR),
        ("Second", SponsorLevel.SPONSOR),
        ("Bank", SponsorLevel.PRINCIPAL),
    ):
        make_sponsor(forum, name, level)
    move_sponsor_up(sponsors_of(forum)[2])

    assert [(level.value, [each.name for each in group]) for level, group in sponsors_by_level(forum)] == [
        ("principal", ["Bank"]),
        ("sponsor", ["Second", "First"]),
        ("supporter", ["Late"]),
    ]


def test_the_first_of_a_level_stays_where_it_is() -> None:
    forum = make_forum()
    first, second = make_sponsor(forum, "First", SponsorLevel.PARTNER), make_sponsor(forum, "Second")
    move_sponsor_up(second)

    assert [each.position for each in (first, second)] == [1, 2]


def test_a_name_is_one_sponsor(now: datetime) -> None:
    forum, organiser = make_forum(), make_account()
    bank, other = make_sponsor(forum, "Bank"), make_sponsor(forum, "Other")
    details = SponsorDetails(name="Bank", level=SponsorLevel.PARTNER)

    with pytest.raises(ProgrammeRefused):
        add_sponsor(forum, details, actor=organiser, now=now)
    with pytest.raises(ProgrammeRefused):
        change_sponsor(other, details, actor=organiser, now=now)
    change_sponsor(bank, details, actor=organiser, now=now)
    assert bank.level is SponsorLevel.PARTNER


def test_a_logo_is_a_picture_and_goes_with_its_sponsor(now: datetime) -> None:
    forum, organiser = make_forum(), make_account()
    bank = make_sponsor(forum, "Bank")
    page = FileStorage(io.BytesIO(b"<svg onload='alert(1)'/>"), filename="logo.png")
    with pytest.raises(UploadRefused):
        set_sponsor_logo(bank, page, actor=organiser, now=now)
    set_sponsor_logo(bank, picture(), actor=organiser, now=now)
    first = db.session.get_one(Upload, bank.logo_upload_id)
    set_sponsor_logo(bank, picture(), actor=organiser, now=now)
    second = db.session.get_one(Upload, bank.logo_upload_id)
    remove_sponsor(bank, actor=organiser, now=now)
    db.session.commit()

    assert [each.deleted_at == now for each in (first, second)] == [True, True]
    assert sponsors_of(forum) == []


def test_organiser_adds_moves_changes_and_takes_away(organiser: FlaskClient) -> None:
    assert "No sponsor yet" in organiser.get(BASE).text
    for name in ("Bank", "Ferry"):
        sent = {
            "name": name,
            "level": "partner",
            "link": "https://bank.example",
            "logo": (picture().stream, "logo.png"),
        }
        assert organiser.post(f"{BASE}/new", data=sent).location == BASE
    forum = db.session.query(Forum).one()
    bank, ferry = sponsors_of(forum)
    organiser.post(f"{BASE}/{ferry.id}/up")
    assert re.findall(r">(Bank|Ferry)</a>", organiser.get(BASE).text) == ["Ferry", "Bank"]
    assert organiser.get(f"/forums/gtn-forum-2013/sponsors/{bank.id}/logo").content_type == "image/png"
    organiser.post(f"{BASE}/{bank.id}/delete")
    assert [each.name for each in sponsors_of(forum)] == ["Ferry"]


@pytest.mark.parametrize("chosen", [{}, {"logo": (io.BytesIO(b""), "")}], ids=["no field", "nothing chosen"])
def test_a_logo_stays_while_no_other_one_is_sent(organiser: FlaskClient, now: datetime, chosen: dict[str, Any]) -> None:
    sponsor = make_sponsor(db.session.query(Forum).one(), "Bank")
    set_sponsor_logo(sponsor, picture(), actor=None, now=now)
    db.session.commit()
    before, address = sponsor.logo_upload_id, f"{BASE}/{sponsor.id}"
    sent = {"name": "Green Bank", "level": "partner", "link": "https://bank.example", **chosen}

    assert organiser.post(address, data=sent, content_type="multipart/form-data").location == BASE
    assert (sponsor.name, sponsor.logo_upload_id) == ("Green Bank", before)
    page = organiser.get(address).text
    assert ('value="Green Bank"' in page, 'value="https://bank.example"' in page) == (True, True)


def test_what_is_wrong_stands_at_its_field(organiser: FlaskClient) -> None:
    make_sponsor(db.session.query(Forum).one(), "Bank")
    db.session.commit()
    wrong = (
        ({"name": "", "level": "partner"}, "Write the sponsor"),
        ({"name": "Bank", "level": "partner"}, "There is a sponsor Bank already."),
        ({"name": "Ferry", "level": "partner", "link": "javascript:alert(1)"}, "Begin it with https://."),
        ({"name": "Ferry", "level": "partner", "logo": (io.BytesIO(b"no picture"), "logo.png")}, "logo.png"),
    )
    for sent, told in wrong:
        answer = organiser.post(f"{BASE}/new", data=sent)
        assert (answer.status_code, told in answer.text) == (422, True), sent
    assert [each.name for each in sponsors_of(db.session.query(Forum).one())] == ["Bank"]


def test_everybody_sees_them_on_the_page_of_the_forum(client: FlaskClient) -> None:
    forum = make_forum()
    before = client.get("/forums/gtn-forum-2013").text
    bank = make_sponsor(forum, "Bank", SponsorLevel.PRINCIPAL, "https://bank.example")
    set_sponsor_logo(bank, picture(), actor=None, now=MADE_AT)
    ferry = make_sponsor(forum, "Ferry")
    db.session.commit()
    html = client.get("/forums/gtn-forum-2013").text

    assert ("Sponsors" in before, "Principal sponsor" in html, "Ferry" in html) == (False, True, True)
    logo = f'src="/forums/gtn-forum-2013/sponsors/{bank.id}/logo" alt="Bank"'
    assert f'<a href="https://bank.example" rel="noopener"><img class="sponsor-logo" {logo}>' in html
    assert client.get(f"/forums/gtn-forum-2013/sponsors/{ferry.id}/logo").status_code == 404


def test_a_sponsor_of_another_forum_is_not_found(organiser: FlaskClient) -> None:
    other = make_sponsor(make_forum("other-forum"), "Bank")
    db.session.commit()

    assert organiser.get(f"{BASE}/{other.id}").status_code == 404
    assert organiser.post(f"{BASE}/{other.id}/delete").status_code == 404
    assert organiser.get(f"/forums/gtn-forum-2013/sponsors/{other.id}/logo").status_code == 404
