"""Applying a schedule: repeatable, in place, nothing half-written."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.forum.domain.programme import add_room
from gtn_events.forum.domain.programme_import import ImportReport, apply_schedule, read_schedule
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.models import Forum, ForumSession, Room, Slot, Speaker, Track
from tests.factories import make_forum

from .schedules import event, numbered, schedule

pytestmark = pytest.mark.usefixtures("database")


def bring_in(forum: Forum, data: bytes, now: datetime) -> ImportReport:
    report = apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now)
    db.session.commit()
    return report


def only_session() -> ForumSession:
    return db.session.scalars(select(ForumSession)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_import_writes_sessions_rooms_tracks_and_speakers(now: datetime) -> None:
    report = bring_in(make_forum(), schedule(event()), now)

    session = only_session()
    assert session.slot is not None
    assert session.slot.room is not None
    assert session.track is not None
    assert (session.title, session.slot.room.name, session.track.name) == (
        "Cold chains off the grid",
        "Hall A",
        "Energy",
    )
    assert [link.speaker.name for link in session.speaker_links] == ["Hana Mori"]
    assert [str(finding) for finding in report.findings] == ["room Hall A was added", "track Energy was added"]


def test_same_file_twice_changes_nothing(now: datetime) -> None:
    forum = make_forum()
    data = schedule(event(), event(id="2", guid=numbered(2), title="Second", persons=""))
    bring_in(forum, data, now)
    changed_at = forum.programme_changed_at

    report = bring_in(forum, data, now + timedelta(hours=1))

    assert report.changes == 0
    assert forum.programme_changed_at == changed_at
    assert forum.lock_version == 1


def test_moved_session_keeps_its_slot_guid_and_its_code(now: datetime) -> None:
    forum = make_forum()
    bring_in(forum, schedule(event()), now)
    before = only_session()
    assert before.slot is not None
    kept = (before.id, before.code, before.slot.guid)

    report = bring_in(forum, schedule(event(date="2013-06-05T11:00:00+07:00", start="11:00", room="Hall B")), now)

    after = only_session()
    assert after.slot is not None
    assert (after.id, after.code, after.slot.guid) == kept
    assert after.slot.starts_at == datetime(2013, 6, 5, 4, 0, tzinfo=UTC)
    assert (report.added, report.changed, report.removed) == (0, 1, 0)


def test_session_that_vanished_from_its_file_is_removed(now: datetime) -> None:
    forum = make_forum()
    second = event(id="2", guid=numbered(2), title="Second", persons='<person id="8">Rosa Huamán</person>')
    bring_in(forum, schedule(event(), second), now)

    report = bring_in(forum, schedule(event()), now)

    assert only_session().title == "Cold chains off the grid"
    assert [str(finding) for finding in report.findings] == [
        "Session 2 “Second”: is no longer in the file; removed",
        "Rosa Huamán speaks in no session any more; removed",
    ]
    assert count(Slot) == 1


def test_session_added_by_hand_stays(now: datetime) -> None:
    forum = make_forum()
    add_session(forum, SessionDetails(title="By hand"), actor=None, now=now)
    bring_in(forum, schedule(event()), now)

    bring_in(forum, schedule(event(id="2", guid=numbered(2), title="Second")), now)

    titles = db.session.scalars(select(ForumSession.title).order_by(ForumSession.title)).all()
    assert titles == ["By hand", "Second"]


def test_room_of_the_same_name_is_used_and_others_stay(now: datetime) -> None:
    forum = make_forum()
    add_room(forum, name="Hall A", seats=420, notes="", actor=None, now=now)
    add_room(forum, name="Garden", seats=None, notes="", actor=None, now=now)

    bring_in(forum, schedule(event()), now)

    assert db.session.scalars(select(Room.name).order_by(Room.position)).all() == ["Hall A", "Garden"]


def test_changed_speakers_are_exchanged(now: datetime) -> None:
    forum = make_forum()
    bring_in(forum, schedule(event()), now)

    people = '<person id="8">Rosa Huamán</person><person id="7">Hana Mori</person>'
    report = bring_in(forum, schedule(event(persons=people)), now)

    assert [link.speaker.name for link in only_session().speaker_links] == ["Rosa Huamán", "Hana Mori"]
    assert (report.changed, report.speakers_added) == (1, 1)


def test_session_outside_the_forums_days_is_imported_with_a_warning(now: datetime) -> None:
    report = bring_in(make_forum(), schedule(event(date="2013-06-09T09:00:00+07:00")), now)

    assert count(Slot) == 1
    assert str(report.findings[-1]) == (
        "Session 1 “Cold chains off the grid”: is on 2013-06-09, outside the forum's days; imported all the same"
    )


def test_same_file_fits_into_two_forums(now: datetime) -> None:
    one, other = make_forum(), make_forum("gtn-forum-2014", title="GTN Forum 2014")
    bring_in(one, schedule(event()), now)

    report = bring_in(other, schedule(event()), now)

    assert report.added == 1
    assert len(set(db.session.scalars(select(Slot.guid)))) == 2


def test_persons_of_the_same_name_have_addresses_of_their_own(now: datetime) -> None:
    people = '<person id="7">Hana Mori</person><person id="8">Hana Mori</person><person id="9">森 はな</person>'
    bring_in(make_forum(), schedule(event(persons=people)), now)

    assert db.session.scalars(select(Speaker.code).order_by(Speaker.id)).all() == [
        "hana-mori",
        "hana-mori-2",
        "speaker",
    ]


def test_command_prints_findings_and_says_when_nothing_changed(app: Flask, tmp_path: Path) -> None:
    make_forum()
    file = tmp_path / "schedule.xml"
    file.write_bytes(schedule(event(duration="00:00")))
    run = app.test_cli_runner()

    first = run.invoke(args=["import-programme", str(file), "--forum", "gtn-forum-2013"])
    second = run.invoke(args=["import-programme", str(file), "--forum", "gtn-forum-2013"])

    mended = "Session 1 “Cold chains off the grid”: duration 0; 5 minutes are used"
    assert first.output.splitlines() == [
        mended,
        "room Hall A was added",
        "track Energy was added",
        "1 session and 1 person read; sessions: 1 added, 0 changed, 0 removed; "
        "speakers: 1 added, 0 changed, 0 removed; rooms: 1 added; tracks: 1 added.",
    ]
    assert second.output.splitlines() == [mended, "1 session and 1 person read: 0 changes."]
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_command_with_a_broken_file_changes_nothing_and_fails(app: Flask, tmp_path: Path) -> None:
    make_forum()
    file = tmp_path / "schedule.xml"
    file.write_bytes(schedule(event())[:-30])

    result = app.test_cli_runner().invoke(args=["import-programme", str(file), "--forum", "gtn-forum-2013"])

    assert result.exit_code == 1
    assert (count(ForumSession), count(Room), count(Track)) == (0, 0, 0)


def test_forum_days_are_left_as_they_are(now: datetime) -> None:
    forum = make_forum()
    bring_in(forum, schedule(event(date="2013-06-09T09:00:00+07:00")), now)

    assert (forum.starts_on, forum.ends_on) == (date(2013, 6, 5), date(2013, 6, 6))
