"""The JSON of Open Event is read with everything that it says of a session."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.domain.programme_import import Schedule, ScheduleUnreadable, apply_schedule, read_schedule
from gtn_events.forum.models import ForumSession, Room, Speaker
from tests.factories import MADE_AT, make_forum

SESSION: dict[str, Any] = {
    "id": 7,
    "title": "Repair clinic ",
    "subtitle": None,
    "short_abstract": "Bring a lamp.",
    "long_abstract": "<p>We <b>mend</b> it.</p>",
    "start_time": "2013-06-05 09:30:00",
    "end_time": "2013-06-05 10:15:00",
    "language": "en",
    "state": "accepted",
    "microlocation": {"id": 1, "name": "Hall A"},
    "session_type": {"id": 2, "name": "Workshop"},
    "track": {"id": 3, "name": "Energy"},
    "speakers": [{"id": 1, "name": "Hana Mori", "organisation": "Kitakaze Filters"}],
    "video": "https://example.org/7",
    "slides": None,
}


def read(content: object) -> Schedule:
    return read_schedule(json.dumps(content).encode(), time_zone="Asia/Jakarta")


@pytest.fixture(autouse=True)
def within_the_application(app: Flask) -> Any:
    with app.test_request_context():
        yield


def test_session_with_everything() -> None:
    (session,) = read([SESSION]).sessions
    assert (session.title, session.abstract, session.description) == (
        "Repair clinic",
        "Bring a lamp.",
        "We **mend** it.",
    )
    assert (session.starts_at, session.minutes) == (datetime(2013, 6, 5, 2, 30, tzinfo=UTC), 45)
    assert (session.room, session.track, session.type_label, session.language) == ("Hall A", "Energy", "Workshop", "en")
    assert session.links == (("https://example.org/7", "Video"),)


def test_whole_event_with_zone_biographies_and_seats() -> None:
    whole = {
        "event": {"identifier": "abc123", "timezone": "Asia/Tokyo"},
        "sessions": [SESSION],
        "speakers": [{"id": 1, "name": "Hana Mori", "short_biography": "Makes filters."}],
        "microlocations": [{"id": 1, "name": "Hall A", "capacity": 420}],
    }
    schedule = read(whole)
    assert (schedule.source, schedule.rooms[0].seats) == ("abc123", 420)
    assert [person.biography for person in schedule.persons.values()] == ["Makes filters."]
    assert schedule.sessions[0].starts_at == datetime(2013, 6, 5, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        ("2013-06-05T09:30:00+07:00", "2013-06-05T10:15:00+07:00", 45),
        ("2013-06-05T02:30:00Z", "2013-06-05T10:15:00+07:00", 45),
        ("2013-06-05T09:30:00+07:00", "2013-06-05 10:15:00", 5),
        ("2013-06-05 09:30:00", "2013-06-05 09:00:00", 5),
        ("2013-06-05 09:30:00", None, 5),
    ],
)
def test_times_in_all_ways(starts: str, ends: str | None, minutes: int) -> None:
    session = read([{**SESSION, "start_time": starts, "end_time": ends}]).sessions[0]
    assert (session.starts_at, session.minutes) == (datetime(2013, 6, 5, 2, 30, tzinfo=UTC), minutes)


def test_newer_names_of_the_times_are_read() -> None:
    newer = {name: value for name, value in SESSION.items() if not name.endswith("_time")}
    session = read([{**newer, "starts-at": SESSION["start_time"], "ends_at": SESSION["end_time"]}]).sessions[0]
    assert session.minutes == 45


def test_session_that_was_not_accepted_is_left_out_and_counted() -> None:
    schedule = read([SESSION, {**SESSION, "id": 8, "state": "pending"}])
    assert [session.source_id for session in schedule.sessions] == ["7"]
    assert "1 session is not accepted; it is left out" in [str(each) for each in schedule.findings]


@pytest.mark.parametrize("content", [[], {"sessions": []}, [1, None], {"sessions": [{"state": "rejected"}]}])
def test_file_without_a_session_is_refused(content: object) -> None:
    with pytest.raises(ScheduleUnreadable, match="The file holds no session"):
        read(content)


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [[]], {"name": {}}])
@pytest.mark.parametrize("name", ["id", "title", "speakers", "track", "microlocation", "start_time", "session_type"])
def test_anything_in_place_of_anything_breaks_nothing(name: str, value: object) -> None:
    assert len(read([{**SESSION, name: value}]).sessions) == 1


def test_same_file_twice_changes_nothing(database: None) -> None:
    forum = make_forum()
    first = apply_schedule(forum, read([SESSION]), actor=None, now=MADE_AT)
    again = apply_schedule(forum, read([SESSION]), actor=None, now=MADE_AT)
    assert (first.added, first.speakers_added, again.changes) == (1, 1, 0)
    names = [db.session.scalars(select(model.name)).one() for model in (Room, Speaker)]
    assert (names, db.session.scalars(select(ForumSession.source)).one()) == (["Hall A", "Hana Mori"], "open-event")
