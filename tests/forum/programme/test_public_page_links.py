"""Pages of organisers and speakers lead to a public page only where there is one."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_sessions import SessionDetails, SpeakerDetails, add_session, add_speaker
from gtn_events.forum.models import Forum, Speaker
from tests.factories import MADE_AT, grant_role, make_account, sign_in

from .sample import make_programme

BASE = "/forums/gtn-forum-2013"
MANAGE = f"{BASE}/manage/programme"
PUBLIC = f"{BASE}/programme"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT)


@pytest.fixture
def account(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def released(account: Account) -> Forum:
    """A forum with one released version, to which nothing was added."""
    forum = make_programme()
    grant_role(account, Role.ORGANISER, forum.scope)
    release_programme(forum, notes="", seen=0, actor=account, now=MADE_AT - timedelta(hours=1))
    db.session.commit()
    return forum


@pytest.fixture
def newcomer(released: Forum, account: Account) -> Speaker:
    """A speaker who was added after the release."""
    speaker = add_speaker(released, SpeakerDetails(name="Paulo Reyes"), actor=account, now=MADE_AT)
    db.session.commit()
    return speaker


def test_a_speaker_of_the_public_version_has_a_link_to_the_public_page(
    client: FlaskClient, released: Forum, account: Account
) -> None:
    sign_in(client, account)
    page = client.get(f"{MANAGE}/speakers/hana-mori").text
    assert page.count(f'href="{PUBLIC}/speakers/hana-mori"') == 1


def test_a_speaker_whom_people_do_not_see_yet_has_none(
    client: FlaskClient, newcomer: Speaker, account: Account
) -> None:
    sign_in(client, account)
    page = client.get(f"{MANAGE}/speakers/{newcomer.code}").text
    assert client.get(f"{PUBLIC}/speakers/{newcomer.code}").status_code == 404
    assert f"{PUBLIC}/speakers/" not in page


def test_saving_a_speaker_leads_back_to_the_form_and_not_to_a_page_that_is_none(
    client: FlaskClient, newcomer: Speaker, account: Account
) -> None:
    sign_in(client, account)
    answer = client.post(
        f"{MANAGE}/speakers/{newcomer.code}",
        data={"name": "Paulo Reyes", "economy_code": ""},
        follow_redirects=True,
    )
    assert (answer.status_code, answer.request.path) == (200, f"{MANAGE}/speakers/{newcomer.code}")
    assert "Paulo Reyes is saved." in answer.text


def test_a_speakers_own_page_leads_to_no_public_page_before_there_is_one(
    client: FlaskClient, newcomer: Speaker
) -> None:
    own = make_account("paulo@reyes.example")
    newcomer.account_id = own.id
    db.session.commit()
    sign_in(client, own)
    page = client.get(f"{BASE}/my/speaking").text
    assert "You as a speaker" in page
    assert f"{PUBLIC}/speakers/" not in page


def test_a_session_has_a_link_to_its_public_page_once_people_see_it(
    client: FlaskClient, released: Forum, account: Account
) -> None:
    session = add_session(released, SessionDetails(title="Repair clinic"), actor=account, now=MADE_AT)
    db.session.commit()
    sign_in(client, account)
    link = f'href="{PUBLIC}/sessions/{session.code}"'
    before = client.get(f"{MANAGE}/sessions/{session.code}").text.count(link)
    release_programme(released, notes="", seen=1, actor=account, now=MADE_AT)
    db.session.commit()
    assert (before, client.get(f"{MANAGE}/sessions/{session.code}").text.count(link)) == (0, 1)
