"""What goes out as a file comes in again: into the same forum it changes nothing, into another it brings everything."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from sqlalchemy import inspect, select

from gtn_events.core.db import db
from gtn_events.forum.domain.programme_import import ImportReport, ScheduleUnreadable, apply_schedule, read_schedule
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.enums import SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Room, SessionSpeaker, Slot, Speaker, Track
from gtn_events.forum.programme_files import FileContent, file_content, schedule_json, schedule_xml
from gtn_events.forum.queries.programme_editions import edition_of, forget_editions
from tests.factories import MADE_AT, make_forum

from .random_programmes import PLANS, Plan, put_in
from .sample import make_programme
from .schedules import event, schedule

RANDOM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@RANDOM
@given(plan=PLANS)
def test_own_files_change_nothing(forum: Forum, plan: Plan) -> None:
    assume(any(details.starts_at for details, *_rest in plan.sessions))
    with put_in(forum, plan):
        before = everything()
        for write in (schedule_xml, schedule_json):
            changes = take_in(forum, give_out(forum, write)).changes
            assert everything() == before
            assert changes == 0


@pytest.mark.usefixtures("database")
def test_own_file_of_an_imported_programme_changes_nothing(now: datetime) -> None:
    forum = make_forum()
    given = '<person id="7" role="moderator">Hana Mori</person><person id="8">Rosa Huamán</person>'
    take_in(forum, schedule(event(persons=given, type="Keynote", abstract="<p>It <b>runs</b>.</p>")))
    before = everything()

    assert take_in(forum, give_out(forum)).changes == 0
    assert everything() == before


@pytest.mark.usefixtures("database")
def test_own_file_brings_back_what_was_changed_since_and_keeps_what_it_cannot_say() -> None:
    forum = make_programme()
    file, before = give_out(forum), everything()
    opening = db.session.scalars(select(ForumSession).where(ForumSession.title == "Opening")).one()
    assert opening.slot is not None
    opening.title, opening.slot.starts_at = "Another", opening.slot.starts_at + timedelta(hours=1)
    waiting = add_session(forum, SessionDetails(title="Without a time"), actor=None, now=MADE_AT)
    waiting.source = "gtnforum2013"
    db.session.flush()

    report = take_in(forum, file)

    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    db.session.delete(waiting)
    db.session.flush()
    assert everything() == before


@pytest.mark.usefixtures("database")
def test_own_file_brings_the_programme_into_another_forum_once() -> None:
    file = give_out(make_programme())
    other = make_forum("gtn-forum-2014", title="GTN Forum 2014", reference_prefix="GTN14")

    report = take_in(other, file)

    assert (report.added, report.speakers_added, report.rooms_added, report.tracks_added) == (5, 3, 2, 2)
    assert take_in(other, file).changes == 0
    assert take_in(other, give_out(other)).changes == 0


@pytest.mark.usefixtures("database")
def test_role_of_a_person_who_is_new_in_a_session_is_speaker() -> None:
    forum = make_programme()
    file = give_out(forum)
    links = select(SessionSpeaker).join(ForumSession, ForumSession.id == SessionSpeaker.session_id)
    buying = db.session.scalars(links.where(ForumSession.title == "Buying green")).one()
    db.session.delete(buying)
    db.session.flush()
    db.session.expire_all()

    assert take_in(forum, file).changed == 1
    found = db.session.scalars(links.where(ForumSession.title.in_(["Buying green", "Opening"]))).all()
    assert {link.role for link in found} == {SpeakerRole.SPEAKER, SpeakerRole.MODERATOR}


@pytest.mark.usefixtures("database")
def test_schedule_json_brings_roles_biographies_and_seats_into_another_forum() -> None:
    file = give_out(make_programme(), schedule_json)
    other = make_forum("gtn-forum-2014", title="GTN Forum 2014", reference_prefix="GTN14")

    assert take_in(other, file).added == 5
    roles = select(SessionSpeaker.role).join(Speaker).where(Speaker.forum_id == other.id)
    assert sorted(db.session.scalars(roles)) == ["moderator", "speaker", "speaker", "speaker"]
    assert sorted(db.session.scalars(select(Room.seats).where(Room.forum_id == other.id))) == [60, 420]


@pytest.mark.parametrize("data", [b"{", b"{}", b'{"schedule": []}', b'{"schedule": {"conference": {"days": [1]}}}'])
def test_json_that_is_no_schedule_is_refused(app: Flask, data: bytes) -> None:
    with app.app_context(), pytest.raises(ScheduleUnreadable, match="Nothing was changed"):
        read_schedule(data, time_zone="UTC")


def give_out(forum: Forum, write: Callable[[FileContent], bytes] = schedule_xml) -> bytes:
    db.session.expire_all()
    forget_editions()
    return write(file_content(forum, edition_of(forum, now=MADE_AT)))


def take_in(forum: Forum, data: bytes) -> ImportReport:
    report = apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=MADE_AT)
    db.session.expire_all()
    return report


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every value of every row of the programme."""
    return {model.__name__: list(_rows(model)) for model in (Room, Track, ForumSession, Slot, Speaker, SessionSpeaker)}


def _rows(model: type[Any]) -> Iterator[dict[str, Any]]:
    names = [column.key for column in inspect(model).column_attrs]
    for row in db.session.scalars(select(model).order_by(model.id)):
        yield {name: getattr(row, name) for name in names}
