"""Sessions have a level and languages of interpretation: asked for, shown, filtered by, released, told."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.domain.programme import mark_programme_changed
from gtn_events.forum.domain.programme_releases import release_programme, version_of
from gtn_events.forum.enums import SessionLevel
from gtn_events.forum.models import Forum, ForumSession
from gtn_events.forum.programme_differences import differences
from gtn_events.forum.programme_snapshot import programme_from
from gtn_events.forum.queries.programme import load_programme
from gtn_events.forum.queries.programme_releases import newest_release
from tests.factories import MADE_AT, grant_role, make_account, sign_in

from .sample import make_programme
from .test_programme_pages import BASE, code_of, page, titles

MANAGE = "/forums/gtn-forum-2013/manage/programme/sessions"


@pytest.fixture
def forum(database: None) -> Forum:
    """A forum where one session is interpreted and another is for those who know the matter."""
    forum = make_programme()
    _session("Cold chains off the grid", language="en", interpretation=["es", "zh-Hans"])
    _session("Buying green", language="vi", level=SessionLevel.ADVANCED)
    _session("Opening", language="en", level=SessionLevel.INTRODUCTORY)
    mark_programme_changed(forum, now=MADE_AT)
    db.session.commit()
    return forum


def _session(title: str, **values: object) -> None:
    session = db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()
    for name, value in values.items():
        setattr(session, name, value)


def _posted(client: FlaskClient, forum: Forum, **values: str) -> tuple[int, str]:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    data = {"title": "Cold chains off the grid", "kind": "session", "room_id": "0", "track_id": "0", **values}
    response = client.post(f"{MANAGE}/{code_of('Cold chains off the grid')}", data=data)
    return response.status_code, response.text


def test_a_language_finds_what_is_spoken_or_interpreted(client: FlaskClient, forum: Forum) -> None:
    assert titles(page(client, "?language=vi")) == ["Buying green"]
    assert titles(page(client, "?language=en")) == ["Opening", "Cold chains off the grid"]
    assert titles(page(client, "?language=zh-Hans")) == ["Cold chains off the grid"]
    assert titles(page(client, "?language=es")) == ["Cold chains off the grid"]
    assert titles(page(client, "?language=xx")) == []


def test_a_level_finds_its_sessions_and_those_for_everybody(client: FlaskClient, forum: Forum) -> None:
    assert titles(page(client, "/list?level=advanced")) == ["Buying green", "Cold chains off the grid", "Lunch"]


def test_the_filter_offers_what_the_programme_has(client: FlaskClient, forum: Forum) -> None:
    html = page(client)

    offered = [f'<option value="{code}">' in html for code in ("en", "es", "vi", "advanced", "intermediate")]
    assert offered == [True, True, True, True, False]


def test_page_list_and_screen_say_for_whom_and_in_what_languages(client: FlaskClient, forum: Forum) -> None:
    shown = page(client, f"/sessions/{code_of('Cold chains off the grid')}")

    assert "<dt>Interpretation</dt><dd>Spanish, Chinese (Simplified)</dd>" in shown
    assert "<dt>Level</dt><dd>Advanced</dd>" in page(client, f"/sessions/{code_of('Buying green')}")
    assert "Room 201 · Interpretation: Spanish, Chinese (Simplified)" in page(client, "/list")
    assert "12:15 · Interpretation: Spanish, Chinese (Simplified)" in page(client, "/screen?at=2013-06-05T11:10")


def test_booklet_and_table_say_it(client: FlaskClient, forum: Forum) -> None:
    text = "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(programme_booklet(forum))).pages)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{BASE}/files/programme.csv").data.decode("utf-8-sig"))))

    assert "Interpretation: Spanish, Chinese (Simplified)" in " ".join(text.split())
    found = {row["Title"]: (row["Language"], row["Interpretation"], row["Level"]) for row in rows}
    assert found["Cold chains off the grid"] == ("en", "es, zh-Hans", "")
    assert found["Buying green"] == ("vi", "", "Advanced")


def test_organiser_says_level_and_languages(client: FlaskClient, forum: Forum) -> None:
    status, _html = _posted(client, forum, level="intermediate", interpretation="zh-Hans, id;  id")

    session = db.session.scalars(select(ForumSession).where(ForumSession.title == "Cold chains off the grid")).one()
    assert status == 302
    assert (session.level, session.interpretation) == (SessionLevel.INTERMEDIATE, ["zh-Hans", "id"])


def test_what_is_no_language_is_refused(client: FlaskClient, forum: Forum) -> None:
    status, html = _posted(client, forum, interpretation="es, everything")

    assert (status, "“everything” is not the code of a language" in html) == (422, True)


def test_a_release_keeps_both_and_differences_name_them(forum: Forum) -> None:
    actor = make_account("organiser@gtn.example")
    release_programme(forum, notes="", seen=0, actor=actor, now=MADE_AT)
    first = newest_release(forum)
    assert first is not None
    assert programme_from(first.content, forum.zone).sessions == load_programme(forum).sessions
    _session("Cold chains off the grid", interpretation=[], level=SessionLevel.ADVANCED)
    db.session.flush()
    release_programme(forum, notes="", seen=1, actor=actor, now=MADE_AT)
    second = newest_release(forum)
    assert second is not None
    (told,) = differences(version_of(first), version_of(second), forum.zone)
    assert told.sentences == ("Level: now “Advanced”.", "Interpretation: no longer “es, zh-Hans”.")


def test_a_version_of_earlier_times_is_for_everybody(forum: Forum) -> None:
    release_programme(forum, notes="", seen=0, actor=make_account("organiser@gtn.example"), now=MADE_AT)
    release = newest_release(forum)
    assert release is not None
    for session in release.content["sessions"]:
        del session["level"], session["interpretation"]
    earlier = programme_from(release.content, forum.zone).sessions
    assert {(each.level, each.interpretation) for each in earlier} == {(None, ())}
