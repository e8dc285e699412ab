"""Who was accepted from a call for sessions is public with the first version of the programme, nowhere before."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_sessions import place_speaker
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.enums import SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, SessionProposal, Slot, Speaker
from gtn_events.forum.queries.programme_before_release import load_before_release
from tests.factories import MADE_AT, grant_role, make_account, sign_in
from tests.forum.calling import CLOSED_AT, close, decide, make_call, make_session_proposal

from .sample import FIRST, make_programme

BASE = "/forums/gtn-forum-2013"
SECRET = ("Cold stores that pay", "Rosa Huamán", "Kenji Mori")
PAGES = (
    "",
    "/programme",
    "/programme?day=2013-06-06",
    "/programme/list?day=2013-06-06",
    "/programme/speakers",
    "/programme/search?q=cold",
    "/programme/now",
    "/programme/screen",
    "/programme/files/schedule.xml",
    "/programme/files/schedule.json",
    "/programme/files/calendar.xml",
    "/programme/files/programme.csv",
    "/programme/files/programme.jsonld",
    "/programme/calendar.ics",
)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def forum(organiser: Account) -> Forum:
    """A programme in which Rosa has no part, and an accepted session with a time and its speakers Rosa and Kenji."""
    forum = make_programme()
    grant_role(organiser, Role.ORGANISER, forum.scope)
    rosa = db.session.scalars(select(Speaker).where(Speaker.name == "Rosa Huamán")).one()
    db.session.delete(rosa)
    call = make_call(forum, organiser)
    proposal = make_session_proposal(call, make_account("proposer@firm.example"))
    close(call, organiser)
    decide(proposal, SessionAction.ACCEPT, organiser)
    session = accepted()
    starts_at = FIRST + timedelta(days=1, hours=3)
    session.slot = Slot(forum_id=forum.id, guid="3f0e4b16-7f3f-4a86-9d44-0b6b3d8cf101", starts_at=starts_at, minutes=60)
    db.session.commit()
    return forum


def accepted() -> ForumSession:
    proposal = db.session.scalars(select(SessionProposal)).one()
    assert proposal.session is not None
    return proposal.session


def told(client: FlaskClient) -> list[tuple[str, str]]:
    """Return which secret stands on which page."""
    texts = {page: client.get(f"{BASE}{page}").get_data(as_text=True) for page in PAGES}
    return [(page, word) for page, text in texts.items() for word in SECRET if word in text]


def own_pages() -> list[str]:
    codes = db.session.scalars(select(Speaker.code).where(Speaker.name.in_(SECRET))).all()
    sessions = [f"{BASE}/programme/sessions/{accepted().code}{end}" for end in ("", ".ics")]
    return [*sessions, *(f"{BASE}/programme/speakers/{code}" for code in codes)]


def test_nobody_reads_of_an_accepted_session_before_the_first_version(client: FlaskClient, forum: Forum) -> None:
    assert told(client) == []
    assert len(own_pages()) == 4
    assert [client.get(page).status_code for page in own_pages()] == [404] * 4


def test_everybody_reads_of_it_from_the_first_version_on(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    release_programme(forum, notes="", seen=0, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    found = told(client)
    assert {word for _page, word in found} == set(SECRET)
    assert [client.get(page).status_code for page in own_pages()] == [200] * 4


def test_a_speaker_of_the_organiser_who_was_also_accepted_stays_public_for_the_other_session(
    client: FlaskClient, forum: Forum
) -> None:
    hana = db.session.scalars(select(Speaker).where(Speaker.name == "Hana Mori")).one()
    place_speaker(forum, accepted(), hana, role=SpeakerRole.MODERATOR, actor=None, now=MADE_AT)
    db.session.commit()
    page = client.get(f"{BASE}/programme/speakers/{hana.code}").text
    assert ("Cold chains off the grid" in page, SECRET[0] in page) == (True, False)


def test_a_programme_without_a_call_is_as_it_stands(database: None) -> None:
    forum = make_programme()
    programme = load_before_release(forum)
    assert (len(programme.sessions), len(programme.speakers)) == (5, 3)


def test_the_organiser_sees_it_and_reads_when_people_will(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    sign_in(client, organiser)
    page = client.get(f"{BASE}/manage/programme").text
    words = "1 session that a call for sessions brought, and who speaks in it, is public with the first version."
    assert (SECRET[0] in page, words in page) == (True, True)
    release_programme(forum, notes="", seen=0, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    assert words not in client.get(f"{BASE}/manage/programme").text


def test_the_page_of_a_forum_shows_what_was_released_and_not_what_is_worked_on(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    release_programme(forum, notes="", seen=0, actor=organiser, now=CLOSED_AT)
    db.session.scalars(select(ForumSession).where(ForumSession.title == "Opening")).one().title = "Nobody knows yet"
    db.session.commit()
    page = client.get(BASE).text
    assert ("Opening" in page, "Nobody knows yet" in page) == (True, False)
