"""A small programme for the tests: two days in Jakarta, two rooms, two tracks, three speakers."""

from datetime import UTC, datetime, timedelta

from gtn_events.core.db import db
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import SessionKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession
from tests.factories import MADE_AT, make_forum

FIRST = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)  # 09:00 in Jakarta


def make_programme(forum: Forum | None = None) -> Forum:
    """A forum with a plenary, two parallel sessions, lunch, and a session on the second day."""
    forum = forum or make_forum()
    hall = add_room(forum, name="Hall A", seats=420, notes="ground floor", actor=None, now=MADE_AT)
    small = add_room(forum, name="Room 201", seats=60, notes="", actor=None, now=MADE_AT)
    energy = add_track(forum, name="Energy", colour=3, actor=None, now=MADE_AT)
    policy = add_track(forum, name="Policy", colour=1, actor=None, now=MADE_AT)
    plenary = _session(forum, "Opening", 0, 75, room_id=hall.id, kind=SessionKind.PLENARY)
    cold = _session(
        forum, "Cold chains off the grid", 120, 75, room_id=small.id, track_id=energy.id, abstract="Câmaras *frias*."
    )
    buying = _session(forum, "Buying green", 120, 75, room_id=hall.id, track_id=policy.id)
    _session(forum, "Lunch", 195, 60, room_id=hall.id, kind=SessionKind.BREAK)
    _session(forum, "Second day", 24 * 60, 45, room_id=hall.id, track_id=policy.id)
    people = (
        SpeakerDetails(
            name="Hana Mori",
            family_name="Mori",
            own_script_name="森 はな",
            own_script_language="ja",
            organisation="Kitakaze Filters",
            economy_code="JPN",
        ),
        SpeakerDetails(name="Rosa Huamán", family_name="Huamán", organisation="Andina Cold Store", economy_code="PE"),
        SpeakerDetails(name="Elena Sokolova"),
    )
    hana, rosa, elena = (add_speaker(forum, each, actor=None, now=MADE_AT) for each in people)
    for session, speaker, role in (
        (plenary, elena, SpeakerRole.MODERATOR),
        (cold, hana, SpeakerRole.SPEAKER),
        (cold, rosa, SpeakerRole.SPEAKER),
        (buying, elena, SpeakerRole.SPEAKER),
    ):
        place_speaker(forum, session, speaker, role=role, actor=None, now=MADE_AT)
    db.session.commit()
    return forum


def _session(forum: Forum, title: str, after: int, minutes: int, **values: object) -> ForumSession:
    details = SessionDetails(title=title, starts_at=FIRST + timedelta(minutes=after), minutes=minutes, **values)  # type: ignore[arg-type]  # columns of a session
    return add_session(forum, details, actor=None, now=MADE_AT)
