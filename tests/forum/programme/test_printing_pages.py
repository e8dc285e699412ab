"""The page from which the programme is printed, its jobs, and the texts of sessions in other languages."""

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.uploads import Upload
from gtn_events.forum import booklet_job
from gtn_events.forum.domain.print_options import keep_booklet_choice
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.enums import BookletPart, BookletTheme, Paper
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, SessionText
from gtn_events.forum.queries.print_options import PrintChoice, print_choice
from gtn_events.forum.queries.programme_editions import edition_of, other_languages_in
from tests.factories import MADE_AT, grant_role, make_account, sign_in

from .sample import make_programme

BASE = "/forums/gtn-forum-2013/manage/programme"
SAID = {"title": "Rantai dingin", "abstract": "Tanpa listrik."}


@pytest.fixture
def organiser(client: FlaskClient) -> FlaskClient:
    forum, account = make_programme(), make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    return client


def forum() -> Forum:
    return db.session.query(Forum).one()


def cold() -> ForumSession:
    return db.session.query(ForumSession).filter_by(title="Cold chains off the grid").one()


def test_what_is_chosen_for_the_booklet_is_remembered(organiser: FlaskClient) -> None:
    write_session_text(forum(), cold(), "id", **SAID, actor=None, now=MADE_AT)
    db.session.commit()
    sent = {"theme": "currents", "paper": "a4", "parts": ["venue"], "languages": ["id"], "notes_pages": "0"}
    answer = organiser.post(f"{BASE}/booklet", data=sent)

    choice = print_choice(forum())
    assert (choice.theme, choice.paper, choice.notes_pages) == (BookletTheme.CURRENTS, Paper.A4, 0)
    assert (choice.parts, choice.languages) == ((BookletPart.VENUE,), ("id",))
    assert answer.location == f"/jobs/{db.session.scalars(select(Job)).one().id}"
    page = organiser.get(f"{BASE}/print").text
    assert page.count("checked") == 6  # theme, paper, one part, one language, and the papers of poster and signs


SENT = {"theme": "ring", "paper": "a5", "parts": ["venue"], "notes_pages": "2"}


def seen_in(page: str) -> str:
    found = re.search(r'name="seen"[^>]* value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_a_choice_that_another_organiser_made_meanwhile_is_not_lost_unseen(organiser: FlaskClient) -> None:
    first, second = (seen_in(organiser.get(f"{BASE}/print").text) for _reader in range(2))
    assert organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "quilt", "seen": first}).status_code == 302
    late = organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "currents", "seen": second})
    assert (late.status_code, print_choice(forum()).theme) == (409, BookletTheme.QUILT)
    assert ("Stored now: Quilt, on white" in late.text, db.session.query(Job).count()) == (True, 1)
    again = organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "currents", "seen": seen_in(late.text)})
    assert (again.status_code, print_choice(forum()).theme) == (302, BookletTheme.CURRENTS)


@pytest.mark.parametrize("seen", ["", "-1", "word", "9" * 40])
def test_a_booklet_from_no_page_changes_nothing_that_was_chosen(organiser: FlaskClient, seen: str) -> None:
    organiser.post(f"{BASE}/booklet", data=SENT | {"seen": "0"})
    assert organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "quilt", "seen": seen}).status_code == 409
    # What is chosen already loses nobody anything.
    assert organiser.post(f"{BASE}/booklet", data=SENT | {"seen": seen}).status_code == 302


def test_a_booklet_is_made_as_it_was_asked_for_whatever_another_organiser_chooses_meanwhile(
    organiser: FlaskClient, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PrintChoice | None] = []
    monkeypatch.setattr(booklet_job, "programme_booklet", lambda _forum, choice: asked.append(choice) or b"%PDF-")
    organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "quilt", "languages": ["as-written"], "seen": "0"})
    keep_booklet_choice(forum(), PrintChoice(theme=BookletTheme.CURRENTS), actor=make_account("b@gtn.example"), now=now)
    db.session.commit()
    run_due_jobs(now)
    wanted = PrintChoice(theme=BookletTheme.QUILT, paper=Paper.A5, parts=(BookletPart.VENUE,), notes_pages=2)
    assert asked == [wanted]
    assert db.session.query(Upload).one().name == "gtn-forum-2013-programme-a5.pdf"


def test_papers_of_poster_and_signs_are_choices_of_their_own(organiser: FlaskClient) -> None:
    seen = seen_in(organiser.get(f"{BASE}/print").text)
    organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "quilt", "seen": seen})
    seen = seen_in(organiser.get(f"{BASE}/print").text)
    organiser.post(f"{BASE}/poster", data={"poster-paper": "a4"})
    organiser.post(f"{BASE}/door-signs", data={"signs-paper": "a3"})
    assert organiser.post(f"{BASE}/booklet", data=SENT | {"theme": "currents", "seen": seen}).status_code == 302
    kept = print_choice(forum())
    assert (kept.theme, kept.poster_paper, kept.sign_paper) == (BookletTheme.CURRENTS, Paper.A4, Paper.A3)


def test_a_wrong_choice_makes_nothing(organiser: FlaskClient) -> None:
    wrong = (
        {"theme": "clip-art", "paper": "a4", "notes_pages": "0"},
        {"theme": "ring", "paper": "a3", "notes_pages": "0"},
        {"theme": "ring", "paper": "a4", "notes_pages": "25"},
        {"theme": "ring", "paper": "a4", "notes_pages": "0", "languages": ["vi"]},
    )
    assert [organiser.post(f"{BASE}/booklet", data=each).status_code for each in wrong] == [422] * 4
    assert db.session.query(Job).count() == 0


@pytest.mark.parametrize(
    ("page", "field", "name"), [("poster", "poster-paper", "agenda"), ("door-signs", "signs-paper", "door-signs")]
)
def test_sheets_are_made_by_a_job(organiser: FlaskClient, now: datetime, page: str, field: str, name: str) -> None:
    answer = organiser.post(f"{BASE}/{page}", data={field: "a3"})
    run_due_jobs(now)
    job = db.session.scalars(select(Job)).one()

    assert (job.state, answer.location) == (JobState.DONE, f"/jobs/{job.id}")
    assert db.session.query(Upload).one().name == f"gtn-forum-2013-{name}-a3.pdf"
    kept = print_choice(forum())
    assert {"poster": kept.poster_paper, "door-signs": kept.sign_paper}[page] is Paper.A3


@pytest.mark.parametrize("page", ["poster", "door-signs"])
def test_sheets_of_no_such_paper_are_not_made(organiser: FlaskClient, page: str) -> None:
    organiser.post(f"{BASE}/{page}", data={"poster-paper": "a5", "signs-paper": "a5"})

    assert db.session.query(Job).count() == 0


def test_a_text_is_written_in_another_language_and_taken_out(organiser: FlaskClient) -> None:
    page = f"{BASE}/sessions/{cold().code}/texts"
    assert organiser.post(page, data={"language": "id", **SAID}).location == page
    organiser.post(page, data={"language": "id", "title": "Rantai", "abstract": ""})
    assert [(each.language, each.title) for each in db.session.query(SessionText)] == [("id", "Rantai")]
    assert 'value="Rantai"' in organiser.get(f"{page}?text=id").text
    organiser.post(f"{page}/id/delete")
    assert db.session.query(SessionText).count() == 0


@pytest.mark.parametrize("language", ["", "English", "en", "e", "zh_Hant"])
def test_a_language_is_a_tag_of_another_one(organiser: FlaskClient, language: str) -> None:
    session = cold()
    session.language = "en"
    db.session.commit()
    answer = organiser.post(f"{BASE}/sessions/{session.code}/texts", data={"language": language, **SAID})

    assert (answer.status_code, db.session.query(SessionText).count()) == (422, 0)


def test_a_version_keeps_the_texts_of_its_moment(organiser: FlaskClient, now: datetime) -> None:
    made = {"actor": make_account("second@gtn.example"), "now": now}
    write_session_text(forum(), cold(), "id", **SAID, **made)
    release_programme(forum(), notes="", seen=0, **made)
    write_session_text(forum(), cold(), "id", title="Other", abstract="", **made)
    db.session.commit()

    assert other_languages_in(edition_of(forum(), now=now), forum()) == {cold().id: {"id": SAID}}
    release_programme(forum(), notes="", seen=1, **made)
    db.session.commit()
    assert other_languages_in(edition_of(forum(), now=now), forum())[cold().id]["id"]["title"] == "Other"


def test_a_text_in_another_language_is_a_difference(organiser: FlaskClient, now: datetime) -> None:
    made = {"actor": make_account("second@gtn.example"), "now": now}
    release_programme(forum(), notes="", seen=0, **made)
    with pytest.raises(ProgrammeRefused):
        release_programme(forum(), notes="", seen=1, **made)
    write_session_text(forum(), cold(), "id", **SAID, **made)
    assert release_programme(forum(), notes="", seen=1, **made).number == 2


def test_a_session_goes_with_its_texts(organiser: FlaskClient) -> None:
    session = cold()
    write_session_text(forum(), session, "id", **SAID, actor=None, now=MADE_AT)
    db.session.commit()
    organiser.post(f"{BASE}/sessions/{session.code}/delete")

    assert db.session.query(SessionText).count() == 0
