"""An organiser asks for a timetable, looks at it, and takes all, some or none of it."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.programme_rules import add_time_away
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session, place_speaker, remove_session
from gtn_events.forum.domain.timetable import keep_timetable, take_placements
from gtn_events.forum.enums import SessionKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Room, Slot, Speaker, Timetable, Track
from gtn_events.forum.queries.timetable import Standing, proposed, task_of, timetable_of
from gtn_events.forum.timetable import Placement, Proposal, Wishes
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

from .sample import FIRST, make_programme

BASE = "/forums/gtn-forum-2013/manage/programme/timetable"
ASKED = {"minutes": "45", "plenary_minutes": "60", "earliest": "09:00", "latest": "18:00", "step": "15"}


@pytest.fixture
def forum(database: None) -> Forum:
    """A forum with a small programme and three sessions without a time, one of them for more than any room seats."""
    forum = make_programme()
    track = db.session.scalars(select(Track).where(Track.name == "Energy")).one()
    for title, expected in (("Repair clinic", 30), ("Refill shop", 50), ("Everybody", 900)):
        add_session(forum, SessionDetails(title=title, track_id=track.id, expected=expected), actor=None, now=MADE_AT)
    add_session(forum, SessionDetails(title="Tea", kind=SessionKind.BREAK), actor=None, now=MADE_AT)
    db.session.commit()
    return forum


@pytest.fixture
def organiser(client: FlaskClient, forum: Forum) -> FlaskClient:
    """The browser of its organiser."""
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    return client


def session_named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def room_named(name: str) -> Room:
    return db.session.scalars(select(Room).where(Room.name == name)).one()


def kept(forum: Forum, **starts: int) -> Timetable:
    """A proposal that puts sessions (by their first word) into the small room, so many minutes after nine."""
    placements = [
        Placement(session_named(title).id, room_named("Room 201").id, FIRST + timedelta(minutes=minutes), 45)
        for title, minutes in (("Repair clinic", starts["repair"]), ("Refill shop", starts["refill"]))
    ]
    timetable = keep_timetable(forum, Wishes(), Proposal(placements), actor=None, now=MADE_AT)
    db.session.commit()
    return timetable


def standings(forum: Forum, timetable: Timetable) -> list[Standing]:
    return [each.standing for each in proposed(forum, timetable)]


def test_timetable_is_asked_for_looked_at_and_taken(organiser: FlaskClient, forum: Forum, now: datetime) -> None:
    energy = db.session.scalars(select(Track.id).where(Track.name == "Energy")).one()
    organiser.post(BASE, data={**ASKED, "apart": [str(energy)]})
    run_due_jobs(now)
    assert [(job.kind, job.state, job.message) for job in db.session.scalars(select(Job))] == [
        ("forum.timetable", JobState.DONE, None)
    ]
    html = organiser.get(BASE).text
    assert "Take all 2 sessions" in html
    assert "1 session found no place" in html
    assert "No room that seats the people expected is free at a time that fits." in html
    timetable = timetable_of(forum)
    assert timetable is not None
    answer = organiser.post(f"{BASE}/{timetable.id}/take", data={"which": "all"}, follow_redirects=True)
    assert "2 sessions have a time now." in answer.text
    slots = [session_named(title).slot for title in ("Repair clinic", "Refill shop")]
    assert [slot.minutes for slot in slots if slot] == [45, 45]
    assert standings(forum, timetable) == [Standing.TAKEN, Standing.TAKEN]


def test_ticked_ones_are_taken_and_the_journal_says_so(organiser: FlaskClient, forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    repair = session_named("Repair clinic")
    organiser.post(f"{BASE}/{timetable.id}/take", data={"which": "chosen", "ids": [str(repair.id)]})
    assert (repair.slot is not None, session_named("Refill shop").slot) == (True, None)
    of_session = JournalEntry.subject_type == ForumSession.__tablename__, JournalEntry.subject_id == repair.id
    entry = db.session.scalars(select(JournalEntry).where(*of_session).order_by(JournalEntry.id)).all()[-1]
    assert (entry.action, entry.changes["minutes"]) == ("session changed", [None, 45])


def test_nothing_ticked_takes_nothing(organiser: FlaskClient, forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    answer = organiser.post(f"{BASE}/{timetable.id}/take", data={"which": "chosen"}, follow_redirects=True)
    assert "No session is ticked." in answer.text
    assert session_named("Repair clinic").slot is None


def test_proposal_is_put_away_and_its_buttons_lead_nowhere(organiser: FlaskClient, forum: Forum) -> None:
    timetable_id = kept(forum, repair=300, refill=345).id
    organiser.post(f"{BASE}/{timetable_id}/discard")
    assert timetable_of(forum) is None
    assert organiser.post(f"{BASE}/{timetable_id}/take", data={"which": "all"}).status_code == 404


def test_next_proposal_takes_the_place_of_the_one_before(forum: Forum) -> None:
    kept(forum, repair=300, refill=345)
    timetable = kept(forum, repair=360, refill=405)
    assert db.session.scalars(select(Timetable.id)).all() == [timetable.id]


def test_room_that_was_taken_meanwhile_is_not_taken_twice(forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    details = SessionDetails(
        title="Quick one", room_id=room_named("Room 201").id, starts_at=FIRST + timedelta(minutes=330), minutes=30
    )
    add_session(forum, details, actor=None, now=MADE_AT)
    ids = [session_named(title).id for title in ("Repair clinic", "Refill shop")]
    assert standings(forum, timetable) == [Standing.BLOCKED, Standing.BLOCKED]
    assert take_placements(forum, timetable, ids, actor=make_account(), now=MADE_AT) == (0, 2)


def test_speaker_who_cannot_come_any_more_is_named(organiser: FlaskClient, forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    rosa = db.session.scalars(select(Speaker).where(Speaker.name == "Rosa Huamán")).one()
    place_speaker(forum, session_named("Refill shop"), rosa, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    add_time_away(rosa, FIRST, FIRST + timedelta(hours=9), reason="", actor=None, now=MADE_AT)
    db.session.commit()
    assert standings(forum, timetable) == [Standing.OPEN, Standing.BLOCKED]
    assert "Rosa Huamán cannot come then." in organiser.get(BASE).text


def test_session_that_got_a_time_or_is_gone_is_left_alone(forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    repair = session_named("Repair clinic")
    slot = Slot(forum_id=forum.id, session_id=repair.id, guid="g" * 36, starts_at=FIRST, minutes=30, room_id=None)
    db.session.add(slot)
    remove_session(forum, session_named("Refill shop"), actor=make_account(), now=MADE_AT)
    assert standings(forum, timetable) == [Standing.MOVED]


def test_room_that_is_gone_blocks(organiser: FlaskClient, forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    db.session.delete(session_named("Cold chains off the grid"))
    db.session.flush()
    db.session.delete(room_named("Room 201"))
    db.session.commit()
    assert standings(forum, timetable) == [Standing.BLOCKED, Standing.BLOCKED]
    assert "There is no such time or room any more." in organiser.get(BASE).text


def test_breaks_are_no_part_and_keep_others_out(forum: Forum) -> None:
    task = task_of(forum, Wishes(minutes=30, plenary_minutes=90))
    told = {each.id: each.minutes for each in task.sessions}
    titles = ("Repair clinic", "Refill shop", "Everybody")
    assert told == {session_named(title).id: 30 for title in titles}
    for_all = {each.planned.id for each in task.settled if each.is_for_all}
    assert for_all == {session_named(title).id for title in ("Opening", "Lunch")}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"minutes": ""}, "Say how many minutes it lasts."),
        ({"minutes": "4"}, "Write 5 to 720 minutes."),
        ({"latest": "09:00"}, "A day ends after it begins."),
    ],
)
def test_what_is_asked_for_has_to_make_sense(organiser: FlaskClient, typed: dict[str, str], told: str) -> None:
    answer = organiser.post(BASE, data={**ASKED, **typed})
    assert (answer.status_code, told in answer.text) == (422, True)


def test_nothing_to_place_is_said(organiser: FlaskClient, forum: Forum) -> None:
    for title in ("Repair clinic", "Refill shop", "Everybody"):
        db.session.delete(session_named(title))
    db.session.commit()
    assert "Every session has a time already." in organiser.post(BASE, data=ASKED).text


def test_one_job_at_a_time(organiser: FlaskClient) -> None:
    first, second = (organiser.post(BASE, data=ASKED).headers["Location"] for _ in range(2))
    assert first == second
    assert "A timetable is being looked for." in organiser.get(BASE).text


def test_others_and_other_forums_see_nothing_of_it(client: FlaskClient, forum: Forum) -> None:
    timetable = kept(forum, repair=300, refill=345)
    other = make_forum("other-forum", title="Other", reference_prefix="OTH")
    account = make_account("other@gtn.example")
    grant_role(account, Role.ORGANISER, other.scope)
    sign_in(client, account)
    addresses = (BASE, f"/forums/other-forum/manage/programme/timetable/{timetable.id}/take")
    answers = [client.get(addresses[0]).status_code, client.post(addresses[1], data={"which": "all"}).status_code]
    assert answers == [403, 404]
