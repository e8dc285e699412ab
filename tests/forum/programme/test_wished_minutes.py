"""A session without a time keeps how long it is to last, and whoever gives it a time goes by it."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.programme_sheet import apply_sheet, guess_columns, preview_sheet, template_rows
from gtn_events.forum.domain.schedule import put_session, unschedule_session
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, Room
from gtn_events.forum.queries.timetable import task_of
from gtn_events.forum.schedule_place import Place, token_of
from gtn_events.forum.timetable import Wishes
from gtn_events.forum.views.manage_programme.schedule_page import SchedulePage
from tests.factories import MADE_AT, grant_role, make_account, sign_in

from .sample import FIRST, make_programme

BASE = "/forums/gtn-forum-2013/manage/programme"


@pytest.fixture
def forum(database: None) -> Forum:
    return make_programme()


@pytest.fixture
def actor(forum: Forum) -> Account:
    """The forum's organiser."""
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    db.session.commit()
    return account


def keynote() -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == "Keynote")).one()


def lengths(forum: Forum) -> tuple[int, int]:
    """Return how long the keynote is to be in the editor and in a proposed timetable."""
    page = SchedulePage(forum, day="", code=keynote().code, now=MADE_AT)
    shown = next(page.minutes_of(each) for each in page.waiting if each.id == keynote().id)
    return shown, next(each.minutes for each in task_of(forum, Wishes()).sessions if each.id == keynote().id)


def form_of(**values: str) -> dict[str, str]:
    return {"title": "Keynote", "kind": "session", "room_id": "0", "track_id": "0", "level": ""} | values


def test_minutes_are_kept_without_a_start(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    client.post(f"{BASE}/sessions/new", data=form_of(minutes="20"))
    page = client.get(f"{BASE}/sessions/{keynote().code}").text
    assert re.findall(r'<input[^>]*name="minutes"[^>]*value="(\d+)"', page) == ["20"]
    assert lengths(forum) == (20, 20)


def test_a_room_without_a_start_is_refused_at_its_field(client: FlaskClient, forum: Forum, actor: Account) -> None:
    room = db.session.scalars(select(Room).where(Room.forum_id == forum.id)).first()
    assert room is not None
    sign_in(client, actor)
    answer = client.post(f"{BASE}/sessions/new", data=form_of(room_id=str(room.id), minutes="20"))
    assert answer.status_code == 422
    assert answer.text.count("Say when it starts, too, or choose no room yet.") == 2
    assert db.session.scalars(select(ForumSession).where(ForumSession.title == "Keynote")).all() == []


def test_a_start_that_is_taken_out_of_the_form_leaves_the_length(
    client: FlaskClient, forum: Forum, actor: Account
) -> None:
    add_session(forum, SessionDetails(title="Keynote", starts_at=FIRST, minutes=25), actor=actor, now=MADE_AT)
    db.session.commit()
    sign_in(client, actor)
    client.post(f"{BASE}/sessions/{keynote().code}", data=form_of(minutes="25"))
    assert keynote().slot is None
    assert lengths(forum) == (25, 25)


def test_what_the_schedule_lets_go_lasts_as_long_as_it_did_there(forum: Forum, actor: Account) -> None:
    session = add_session(forum, SessionDetails(title="Keynote", minutes=20), actor=actor, now=MADE_AT)
    place = Place(starts_at=FIRST, minutes=50, room_id=None)
    put_session(forum, session, place, seen=token_of(None), actor=actor, now=MADE_AT)
    db.session.commit()
    unschedule_session(forum, session, seen=token_of(place), actor=actor, now=MADE_AT)
    db.session.commit()
    assert lengths(forum) == (50, 50)


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_a_wish_is_from_a_minute_to_a_day(forum: Forum, actor: Account, minutes: int) -> None:
    with pytest.raises(ProgrammeRefused, match="from 1 minute to 24 hours"):
        add_session(forum, SessionDetails(title="Keynote", minutes=minutes), actor=actor, now=MADE_AT)


def test_a_spreadsheet_says_and_keeps_the_length(forum: Forum, actor: Account) -> None:
    header = ["Title", "Day", "Start", "Minutes"]

    def take(*cells: str) -> list[str]:
        lines = preview_sheet(forum, [header, list(cells)], guess_columns(header)).lines
        apply_sheet(forum, lines, actor=actor, now=MADE_AT)
        db.session.commit()
        return [line.fate.value for line in lines]

    assert take("Keynote", "", "", "20") == ["new"]
    assert lengths(forum) == (20, 20)
    assert [row[6] for row in template_rows(forum) if row[1] == "Keynote"] == ["20"]
    assert take("Keynote", "", "", "20") == ["unchanged"]
    assert take("Keynote", "", "", "35") == ["changed"]
    assert lengths(forum) == (35, 35)
    assert take("Keynote", "2013-06-05", "15:00", "35") == ["changed"]
    assert take("Keynote", "", "", "35") == ["changed"]
    assert lengths(forum) == (35, 35)
