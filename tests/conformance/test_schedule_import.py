"""A real schedule of 883 sessions is imported completely."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.enums import ConflictKind
from gtn_events.forum.models import ForumSession, Room, SessionSpeaker, Slot, Speaker, Track
from gtn_events.forum.programme_files import file_content, schedule_xml
from gtn_events.forum.queries.programme import load_programme
from gtn_events.forum.queries.programme_conflicts import conflicts_of
from gtn_events.forum.queries.programme_editions import edition_of
from tests.factories import make_forum


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("database")
def test_real_schedule_is_imported_completely_and_twice_changes_nothing(shared_data: Path, now: datetime) -> None:
    data = (shared_data / "schedule" / "fosdem-2026-schedule.xml").read_bytes()
    forum = make_forum(
        "fosdem-2026", time_zone="Europe/Brussels", starts_on=date(2026, 1, 31), ends_on=date(2026, 2, 1)
    )

    report = apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now)
    db.session.commit()

    assert [count(model) for model in (ForumSession, Slot, Speaker, SessionSpeaker, Room, Track)] == [
        883,
        883,
        927,
        1085,
        30,
        62,
    ]
    about_sessions = [finding.text for finding in report.findings if finding.where]
    assert [text.endswith("twice; once is enough") for text in about_sessions] == [True]
    general = [finding.text for finding in report.findings if not finding.where]
    assert [text for text in general if not text.endswith("was added")] == [
        "883 abstracts were HTML; they are kept as Markdown",
        "699 biographies were HTML; they are kept as Markdown",
        "8 tracks have no session; they are left out",
    ]
    days = [session.day for session in load_programme(forum).scheduled]
    assert (days.count(date(2026, 1, 31)), days.count(date(2026, 2, 1))) == (484, 399)

    conflicts = conflicts_of(forum)
    assert Counter(each.kind for each in (*conflicts.blocking, *conflicts.warnings)) == {ConflictKind.SPEAKER: 1}

    again = apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now)
    assert again.changes == 0

    ours = schedule_xml(file_content(forum, edition_of(forum, now=now)))
    assert apply_schedule(forum, read_schedule(ours, time_zone=forum.time_zone), actor=None, now=now).changes == 0


@pytest.mark.usefixtures("database")
def test_schema_valid_example_is_imported_without_findings_to_mend(shared_data: Path, now: datetime) -> None:
    data = (shared_data / "schedule" / "minimal-valid.xml").read_bytes()
    forum = make_forum(starts_on=date(2027, 9, 7), ends_on=date(2027, 9, 9), time_zone="Asia/Taipei")

    report = apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now)

    assert [str(finding) for finding in report.findings] == ["room Main hall was added", "track Plenary was added"]
    assert (report.sessions, report.persons) == (1, 1)


@pytest.mark.usefixtures("database")
def test_schedule_json_of_another_system_is_imported(shared_data: Path, now: datetime) -> None:
    data = (shared_data / "schedule" / "democon-pretalx-schedule.json").read_bytes()
    forum = make_forum()

    assert apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now).added == 36
    assert apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now).changes == 0
