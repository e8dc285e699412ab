"""An organiser says what conflicts do, when the venue is open, and when rooms and speakers are away."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import ConflictKind, SessionKind, SpeakerRole, Treatment
from gtn_events.forum.models import Forum, ForumSession, OpeningHours, Room, Speaker, TimeAway
from gtn_events.forum.queries.programme_conflicts import conflicts_of, treatments_of
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

from .sample import make_programme

BASE = "/forums/gtn-forum-2013/manage/programme"
RULES = {f"kind-{kind.value}": "warn" for kind in ConflictKind}


@pytest.fixture
def forum(database: object) -> Forum:  # tables
    """A forum with a small programme."""
    return make_programme()


@pytest.fixture
def organiser(client: FlaskClient, forum: Forum) -> FlaskClient:
    """The browser of its organiser."""
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    return client


def test_rules_are_kept_and_written_down_once(organiser: FlaskClient, forum: Forum) -> None:
    rules = RULES | {"kind-room": "ignore", "opens-2013-06-05": "08:00", "closes-2013-06-05": "11:30"}
    for _twice in range(2):
        assert organiser.post(f"{BASE}/rules", data=rules).status_code == 302

    assert treatments_of(forum) == dict.fromkeys(ConflictKind, Treatment.WARN) | {ConflictKind.ROOM: Treatment.IGNORE}
    hours = db.session.scalars(select(OpeningHours)).one()
    assert (hours.opens, hours.closes) == (time(8), time(11, 30))
    entries = select(func.count()).where(JournalEntry.action == "programme rules changed")
    assert db.session.scalar(entries) == 1
    # Three sessions of the first day end after half past eleven.
    assert [each.kind for each in conflicts_of(forum).warnings] == [ConflictKind.OUTSIDE] * 3
    page = organiser.get(f"{BASE}/conflicts").text
    assert ("3 warnings" in page, "Lunch is outside the opening hours: 12:15 to 13:15." in page) == (True, True)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind-room": "shout"}, "kind-room"),
        ({"opens-2013-06-05": "08:00"}, "Write both times, or none."),
        ({"opens-2013-06-05": "08:00", "closes-2013-06-05": "08:00"}, "A day closes after it opens."),
        ({"opens-2013-06-05": "late"}, "opens-2013-06-05"),
    ],
)
def test_rules_that_cannot_be_are_refused_at_their_field(
    organiser: FlaskClient, forum: Forum, changed: dict[str, str], told: str
) -> None:
    answer = organiser.post(f"{BASE}/rules", data=RULES | changed)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert treatments_of(forum)[ConflictKind.ROOM] is Treatment.BLOCK


def test_room_that_is_closed_and_speaker_who_cannot_come(organiser: FlaskClient, forum: Forum) -> None:
    room = db.session.scalars(select(Room).where(Room.name == "Room 201")).one()
    speaker = db.session.scalars(select(Speaker).where(Speaker.name == "Elena Sokolova")).one()
    morning = {"starts_at": "2013-06-05T08:00", "ends_at": "2013-06-05T11:30", "reason": "Painters"}
    for subject in (f"rooms/{room.id}", f"speakers/{speaker.code}"):
        assert organiser.post(f"{BASE}/{subject}/away", data=morning).status_code == 302
        assert "Painters" in organiser.get(f"{BASE}/{subject}").text

    titles = {each.id: each.title for each in db.session.scalars(select(ForumSession))}
    assert sorted(titles[each.session_id] for each in conflicts_of(forum).warnings) == [
        "Buying green",
        "Cold chains off the grid",
        "Opening",
    ]
    assert (
        "Room 201 is not available from Wed 5 Jun, 08:00 to Wed 5 Jun, 11:30" in organiser.get(f"{BASE}/conflicts").text
    )

    for away in db.session.scalars(select(TimeAway)).all():
        subject = f"rooms/{room.id}" if away.room_id else f"speakers/{speaker.code}"
        assert organiser.post(f"{BASE}/{subject}/away/{away.id}/delete").status_code == 302
    assert conflicts_of(forum).warnings == ()
    assert "No conflict" in organiser.get(f"{BASE}/conflicts").text


@pytest.mark.parametrize("ends_at", ["2013-06-05T08:00", "2014-06-05T08:00", ""])
def test_time_away_that_cannot_be_is_refused(organiser: FlaskClient, forum: Forum, ends_at: str) -> None:
    room = db.session.scalars(select(Room).where(Room.forum_id == forum.id).limit(1)).one()
    data = {"starts_at": "2013-06-05T08:00", "ends_at": ends_at, "reason": "kept"}
    answer = organiser.post(f"{BASE}/rooms/{room.id}/away", data=data)
    assert (answer.status_code, 'value="kept"' in answer.text) == (422, True)
    assert db.session.scalars(select(TimeAway)).all() == []


def test_the_same_time_away_is_noted_once_for_each_room_and_speaker(organiser: FlaskClient, forum: Forum) -> None:
    room, other = db.session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.id)).all()
    speaker = db.session.scalars(select(Speaker).where(Speaker.name == "Elena Sokolova")).one()
    morning = {"starts_at": "2013-06-05T08:00", "ends_at": "2013-06-05T11:30", "reason": "Painters"}
    for subject in (f"rooms/{room.id}", f"speakers/{speaker.code}"):
        assert organiser.post(f"{BASE}/{subject}/away", data=morning).status_code == 302
        again = organiser.post(f"{BASE}/{subject}/away", data=morning | {"reason": "kept"})
        assert (again.status_code, again.text.count("This time is noted already."), 'value="kept"' in again.text) == (
            422,
            2,  # above the form, and at the field
            True,
        )
        assert 'href="#starts_at"' in again.text
    for subject, ends_at in ((f"rooms/{room.id}", "2013-06-05T11:00"), (f"rooms/{other.id}", "2013-06-05T11:30")):
        assert organiser.post(f"{BASE}/{subject}/away", data=morning | {"ends_at": ends_at}).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(TimeAway)) == 4


def test_time_away_of_another_room_is_not_found(organiser: FlaskClient, forum: Forum) -> None:
    first, second = db.session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.id)).all()
    morning = {"starts_at": "2013-06-05T08:00", "ends_at": "2013-06-05T11:30"}
    organiser.post(f"{BASE}/rooms/{first.id}/away", data=morning)
    away = db.session.scalars(select(TimeAway)).one()
    assert organiser.post(f"{BASE}/rooms/{second.id}/away/{away.id}/delete").status_code == 404
    assert away.starts_at == datetime(2013, 6, 5, 1, tzinfo=UTC)


def test_room_that_goes_takes_its_times_along(organiser: FlaskClient, forum: Forum) -> None:
    organiser.post(f"{BASE}/rooms/new", data={"name": "Garden", "equipment": "Two microphones"})
    garden = db.session.scalars(select(Room).where(Room.name == "Garden")).one()
    morning = {"starts_at": "2013-06-05T08:00", "ends_at": "2013-06-05T11:30"}
    organiser.post(f"{BASE}/rooms/{garden.id}/away", data=morning)
    assert garden.equipment == "Two microphones"
    assert organiser.post(f"{BASE}/rooms/{garden.id}/delete").status_code == 302
    assert db.session.scalars(select(TimeAway)).all() == []


def test_more_people_than_seats_and_one_speaker_twice_are_told_in_sentences(
    organiser: FlaskClient, forum: Forum
) -> None:
    cold = db.session.scalars(select(ForumSession).where(ForumSession.title == "Cold chains off the grid")).one()
    buying = db.session.scalars(select(ForumSession).where(ForumSession.title == "Buying green")).one()
    organiser.post(
        f"{BASE}/sessions/{buying.code}/speakers", data={"place-speaker": "Hana Mori", "place-role": "speaker"}
    )
    assert cold.slot is not None
    data = {"title": cold.title, "kind": "session", "starts_at": "2013-06-05T11:30", "minutes": "75", "expected": "74"}
    told = organiser.post(
        f"{BASE}/sessions/{cold.code}",
        data=data | {"room_id": str(cold.slot.room_id), "track_id": "0"},
        follow_redirects=True,
    ).text
    assert "More people are expected at Cold chains off the grid than the 60 seats of Room 201." in told
    assert "Hana Mori is in Buying green until 12:15, and in Cold chains off the grid from 11:30." in told
    assert "They overlap for 45 minutes." in told
    found = conflicts_of(forum)
    assert ([each.kind for each in found.blocking], [each.kind for each in found.warnings]) == (
        [ConflictKind.SPEAKER],
        [ConflictKind.ROOM_SMALL],
    )


def test_one_speaker_twice_is_found_without_rooms_and_the_page_says_what_waits_for_them(
    organiser: FlaskClient, forum: Forum
) -> None:
    person = add_speaker(forum, SpeakerDetails(name="Budi Santoso"), actor=None, now=MADE_AT)
    starts_at = datetime(2013, 6, 6, 7, tzinfo=UTC)
    for title, after, kind in (("One", 0, "session"), ("Other", 20, "session"), ("Tea", 0, "break")):
        details = SessionDetails(
            title=title, starts_at=starts_at + timedelta(minutes=after), minutes=30, kind=SessionKind(kind)
        )
        session = add_session(forum, details, actor=None, now=MADE_AT)
        if title != "Tea":
            place_speaker(forum, session, person, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    db.session.commit()
    page = organiser.get(f"{BASE}/conflicts").text
    assert "Budi Santoso is in One until 14:30, and in Other from 14:20." in page
    assert "2 sessions with a time have no room yet." in page


def test_a_page_of_conflicts_is_silent_of_rooms_where_every_session_has_one(organiser: FlaskClient) -> None:
    assert "no room yet" not in organiser.get(f"{BASE}/conflicts").text


def test_conflicts_of_another_forum_stay_there(forum: Forum) -> None:
    assert conflicts_of(make_programme(make_forum("other-forum"))) == conflicts_of(forum)
