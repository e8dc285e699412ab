"""The archive of a programme stands alone: no script, every link leads to a page of its own, every page is reached."""

import posixpath
import re
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.forum.archive import pages_in, write_archive
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.models import Forum, ForumSession, Speaker
from gtn_events.forum.programme_files import FileContent, file_content
from gtn_events.forum.queries.programme_editions import edition_of, forget_editions
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

from .random_programmes import PLANS, Plan, put_in
from .sample import make_programme

MANAGE = "/forums/gtn-forum-2013/manage/programme"
RANDOM = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Page(HTMLParser):
    """The addresses and the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


def content_of(forum: Forum) -> FileContent:
    db.session.expire_all()
    forget_editions()
    return file_content(forum, edition_of(forum, now=MADE_AT))


def archive_of(forum: Forum, path: Path) -> dict[str, str]:
    """Every file of the archive by its path within the folder."""
    write_archive(content_of(forum), path)
    return opened(path.read_bytes(), forum.slug)


def opened(data: bytes, folder: str) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name.removeprefix(f"{folder}/"): file.read(name).decode() for name in file.namelist()}


def check_stands_alone(files: dict[str, str]) -> None:
    reached = {"index.html"}
    for name, text in files.items():
        if not name.endswith(".html"):
            continue
        page = Page(text)
        assert not page.tags & {"script", "iframe", "object", "embed", "form", "base"}
        assert not {each for each in page.attributes if each.startswith("on") or each == "style"}
        for link in page.links:
            if not re.match(r"(https?|mailto):", link):
                reached.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), link)))
    assert reached == set(files)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_programme()


@pytest.fixture
def bare(database: None) -> Forum:
    """A forum without a programme."""
    return make_forum()


def test_archive_has_a_page_for_each_day_session_and_speaker(forum: Forum, tmp_path: Path) -> None:
    files = archive_of(forum, tmp_path / "a.zip")
    check_stands_alone(files)
    folders = [name.partition("/")[0] for name in files if "/" in name]
    assert [folders.count(name) for name in ("days", "sessions", "speakers")] == [2, 5, 3]
    assert len(files) == pages_in(content_of(forum))


def test_breaks_are_not_counted_as_sessions(forum: Forum, tmp_path: Path) -> None:
    index = archive_of(forum, tmp_path / "a.zip")["index.html"]
    assert re.findall(r"\d+ sessions?", index) == ["3 sessions", "1 session"]


def test_pages_say_when_where_who_and_what(forum: Forum, tmp_path: Path) -> None:
    files = archive_of(forum, tmp_path / "a.zip")
    code = db.session.scalars(select(ForumSession.code).where(ForumSession.title.startswith("Cold"))).one()
    page = files[f"sessions/{code.casefold()}.html"]
    told = ("Cold chains off the grid", "11:00–12:15", "Room 201", "Energy", "Câmaras <em>frias</em>.", "Mori")
    assert [each for each in told if each not in page] == []
    assert "Cold chains off the grid" in files["days/2013-06-05.html"]
    assert "森 はな" in files["speakers/hana-mori.html"]
    assert "--ink:" in files["style.css"]


def test_same_programme_is_the_same_file_byte_for_byte(forum: Forum, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        archive_of(forum, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_names_that_differ_in_case_only_are_two_files(forum: Forum, tmp_path: Path) -> None:
    first, second = db.session.scalars(select(ForumSession).order_by(ForumSession.id).limit(2)).all()
    first.code, second.code = "ABC", "abc"
    files = archive_of(forum, tmp_path / "a.zip")
    check_stands_alone(files)
    assert len({name.casefold() for name in files}) == len(files)


def test_no_page_has_the_name_of_a_device(forum: Forum, tmp_path: Path) -> None:
    """Windows cannot unpack them."""
    session = db.session.scalars(select(ForumSession).order_by(ForumSession.id)).first()
    speaker = db.session.scalars(select(Speaker).order_by(Speaker.id)).first()
    assert session is not None
    assert speaker is not None
    session.code, speaker.code = "AUX", "con"
    files = archive_of(forum, tmp_path / "a.zip")
    check_stands_alone(files)
    assert {name.rpartition("/")[2].partition(".")[0] for name in files} & {"aux", "con"} == set()


@RANDOM
@given(plan=PLANS)
def test_awkward_programmes_stand_alone_too(bare: Forum, tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    with put_in(bare, plan):
        check_stands_alone(archive_of(bare, tmp_path_factory.mktemp("archive") / "a.zip"))


def test_organiser_has_it_packed_from_what_people_see(client: FlaskClient, forum: Forum, now: datetime) -> None:
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    release_programme(forum, notes="", seen=0, actor=account, now=now)
    db.session.scalars(select(Speaker).where(Speaker.name == "Hana Mori")).one().name = "Somebody Else"
    db.session.commit()
    sign_in(client, account)
    assert "Make the archive" in client.get(f"{MANAGE}/versions").text
    client.post(f"{MANAGE}/archive")
    run_due_jobs(now)
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.message, job.done) == (JobState.DONE, None, job.total)
    upload = db.session.get_one(Upload, job.result_upload_id)
    files = opened(upload_path(upload).read_bytes(), forum.slug)
    assert ("Hana" in files["speakers.html"], "Somebody Else" in files["speakers.html"]) == (True, False)
    sign_in(client, make_account("other@gtn.example"))
    assert client.post(f"{MANAGE}/archive").status_code == 403
