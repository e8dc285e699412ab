"""The first forum's programme is worked on after its release: acts, an accepted warning, sessions without a time."""

from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.accepted_warnings import accept_warning
from gtn_events.forum.domain.programme_rules import add_time_away
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session, place_speaker
from gtn_events.forum.domain.schedule import put_session
from gtn_events.forum.enums import ConflictKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Room, Speaker, Track
from gtn_events.forum.queries.programme_conflicts import conflicts_of
from gtn_events.forum.schedule_place import NOWHERE, Place

# title, track, people expected, how many speakers
WAITING = (
    ("After the placement: who stayed", "Co-incubation", 80, 2),
    ("Green labels for very small firms", "Policy and procurement", 50, 1),
)
LATE = "One question from each economy"


def edit_schedule(forum: Forum, organiser: Account, *, starts_at: datetime, now: datetime) -> None:
    """Add sessions that wait for a time, place one, close a room, accept a warning. Flushes.

    Args:
        starts_at: when the session that is placed begins.
    """
    tracks = {each.name: each.id for each in db.session.scalars(select(Track).where(Track.forum_id == forum.id))}
    people = db.session.scalars(select(Speaker).where(Speaker.forum_id == forum.id).order_by(Speaker.id)).all()
    for title, track, expected, speakers in WAITING:
        details = SessionDetails(title=title, language="en", track_id=tracks[track], expected=expected)
        session = add_session(forum, details, actor=organiser, now=now)
        for speaker in people[-speakers:]:
            place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=organiser, now=now)
    late = add_session(forum, SessionDetails(title=LATE, language="en"), actor=organiser, now=now)
    _place(forum, late, organiser, starts_at=starts_at, now=now)
    _accept(forum, organiser, now=now + timedelta(minutes=5))


def _place(forum: Forum, session: ForumSession, organiser: Account, *, starts_at: datetime, now: datetime) -> None:
    """Put a session into the last room, make it shorter, and close the room after it."""
    room = db.session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.position.desc())).first()
    assert room is not None  # for the type checker: the forum has four
    first, shorter = (Place(starts_at, minutes, room.id) for minutes in (45, 30))
    act = put_session(forum, session, first, seen=NOWHERE, actor=organiser, now=now)
    assert act is not None  # for the type checker: it was nowhere
    put_session(forum, session, shorter, seen=act.token, actor=organiser, now=now + timedelta(minutes=1))
    closed = (starts_at + timedelta(hours=2), starts_at + timedelta(hours=3))
    add_time_away(room, *closed, reason="The caterer sets up", actor=organiser, now=now)


def _accept(forum: Forum, organiser: Account, *, now: datetime) -> None:
    found = conflicts_of(forum)
    dinner = next(each for each in found.warnings if each.kind is ConflictKind.OUTSIDE)
    reason = "The dinner is at the host's garden, not at the venue."
    accept_warning(forum, found.facts[dinner], reason=reason, actor=organiser, now=now)
