"""What is said of a session in other languages: on its page, in the linked data, in the archive, in versions."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gtn_events.core.db import db
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.session_texts import remove_session_text, write_session_text
from gtn_events.forum.models import Forum, ForumSession, SessionText
from tests.factories import MADE_AT, make_account

from .sample import make_programme
from .test_archive import archive_of

BASE = "/forums/gtn-forum-2013/programme"
SAID = {"title": "Rantai dingin", "abstract": "Tanpa *listrik*. <script>alert(1)</script>"}


@pytest.fixture
def forum(database: None) -> Forum:
    """A programme with one session that is told in Indonesian, too."""
    forum = make_programme()
    cold().language = "pt"
    write_session_text(forum, cold(), "id", **SAID, actor=None, now=MADE_AT)
    db.session.commit()
    return forum


def cold() -> ForumSession:
    return db.session.query(ForumSession).filter_by(title="Cold chains off the grid").one()


def page_of(client: FlaskClient, asked: str = "") -> str:
    return " ".join(client.get(f"{BASE}/sessions/{cold().code}{asked}").get_data(as_text=True).split())


def test_a_session_is_read_as_written_and_by_a_link_in_another_language(client: FlaskClient, forum: Forum) -> None:
    written, other = page_of(client), page_of(client, "?language=id")
    assert ("Câmaras <em>frias</em>." in written, "Tanpa" in written.split("</script>")[-1]) == (True, False)
    link = f'<a href="{BASE}/sessions/{cold().code}?language=id" hreflang="id"'
    assert (f"{link}>Indonesian</a>" in written, f'{link} aria-current="true">Indonesian</a>' in other) == (True, True)
    assert '<h1><span lang="id">Rantai dingin</span></h1>' in other
    assert '<div lang="id"><p>Tanpa <em>listrik</em>.' in other
    assert ("Câmaras <em>frias</em>." in other, "<script>alert" in other) == (False, False)


@pytest.mark.parametrize("asked", ["vi", "ID", "", "%00", "<script>", "id&language=vi"])
def test_a_language_that_nobody_wrote_shows_the_words_as_written(client: FlaskClient, forum: Forum, asked: str) -> None:
    page = page_of(client, f"?language={asked}")
    assert ("Câmaras <em>frias</em>." in page) is (asked != "id&language=vi")


def test_the_drawer_beside_the_day_leads_to_the_other_language(client: FlaskClient, forum: Forum) -> None:
    page = client.get(f"{BASE}?day=2013-06-05&session={cold().code}").get_data(as_text=True)
    assert f"{BASE}/sessions/{cold().code}?language=id" in page


def test_a_session_in_one_language_has_no_switch(client: FlaskClient, forum: Forum) -> None:
    text = db.session.query(SessionText).one()
    remove_session_text(forum, text, actor=make_account(), now=MADE_AT)
    db.session.commit()
    assert "session-languages" not in page_of(client)


def test_a_version_keeps_the_other_language_as_it_was(client: FlaskClient, forum: Forum) -> None:
    release_programme(forum, notes="", seen=0, actor=make_account(), now=MADE_AT)
    write_session_text(forum, cold(), "id", title="Lain", abstract="Lain", actor=None, now=MADE_AT)
    db.session.commit()
    page = page_of(client, "?language=id")
    assert ("Rantai dingin" in page, "Lain" in page) == (True, False)


def test_the_archive_tells_a_session_in_every_language(forum: Forum, tmp_path: Path) -> None:
    pages = archive_of(forum, tmp_path / "archive.zip")
    page = " ".join(pages[f"sessions/{cold().code.casefold()}.html"].split())
    assert '<section lang="id"> <h2>Rantai dingin</h2> <p>Tanpa <em>listrik</em>.' in page


def test_linked_data_says_which_language_each_text_is_in(client: FlaskClient, forum: Forum) -> None:
    file = json.loads(client.get(f"{BASE}/files/programme.jsonld").data)
    found = {each["url"].rpartition("/")[2]: each for each in file["subEvent"]}
    told = found[cold().code]
    assert told["name"] == [
        {"@value": "Cold chains off the grid", "@language": "pt"},
        {"@value": "Rantai dingin", "@language": "id"},
    ]
    assert told["description"][1] == {"@value": SAID["abstract"], "@language": "id"}
    assert {type(each["name"]) for code, each in found.items() if code != cold().code} == {str}


def test_what_is_no_tag_of_a_language_is_not_said_to_be_one(client: FlaskClient, forum: Forum) -> None:
    cold().language = "Portuguese, spoken"
    db.session.commit()
    told = json.loads(client.get(f"{BASE}/files/programme.jsonld").data)["subEvent"]
    names = [each["name"] for each in told if isinstance(each["name"], list)]
    assert names == [["Cold chains off the grid", {"@value": "Rantai dingin", "@language": "id"}]]
