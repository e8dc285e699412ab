"""Rows of the programme as the organiser edits them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from gtn_events.core.db import db

from ..models import Forum, ForumSession, Room, SessionSpeaker, Slot, Speaker, Track


def rooms_of(forum: Forum) -> list[Room]:
    """Return the rooms in their order."""
    return list(db.session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.position, Room.id)))


def tracks_of(forum: Forum) -> list[Track]:
    """Return the tracks in their order."""
    return list(db.session.scalars(select(Track).where(Track.forum_id == forum.id).order_by(Track.position, Track.id)))


def room_of(forum: Forum, room_id: int) -> Select[Room]:
    """Select one room of the forum."""
    return select(Room).where(Room.forum_id == forum.id, Room.id == room_id)


def track_of(forum: Forum, track_id: int) -> Select[Track]:
    """Select one track of the forum."""
    return select(Track).where(Track.forum_id == forum.id, Track.id == track_id)


def session_of(forum: Forum, code: str) -> Select[ForumSession]:
    """Select one session of the forum with its slot and its speakers."""
    return (
        select(ForumSession)
        .where(ForumSession.forum_id == forum.id, ForumSession.code == code)
        .options(
            joinedload(ForumSession.slot).joinedload(Slot.room),
            selectinload(ForumSession.speaker_links).joinedload(SessionSpeaker.speaker),
        )
    )


def speaker_of(forum: Forum, code: str) -> Select[Speaker]:
    """Select one speaker of the forum."""
    return select(Speaker).where(Speaker.forum_id == forum.id, Speaker.code == code)


def speaker_named(forum: Forum, name: str) -> Speaker | None:
    """Return the speaker of exactly that name, the one added first if there are several."""
    return db.session.scalar(
        select(Speaker).where(Speaker.forum_id == forum.id, Speaker.name == name).order_by(Speaker.id).limit(1)
    )


def speaker_names(forum: Forum) -> list[str]:
    """Return the names of all speakers, in the order of the index."""
    statement = select(Speaker.name).where(Speaker.forum_id == forum.id).order_by(Speaker.sort_name, Speaker.id)
    return list(db.session.scalars(statement))


def session_rows(forum: Forum, search: str = "") -> Select[ForumSession]:
    """Select the sessions with slot, room and track, those whose title holds ``search``; not ordered."""
    statement = (
        select(ForumSession)
        .outerjoin(ForumSession.slot)
        .where(ForumSession.forum_id == forum.id)
        .options(
            contains_eager(ForumSession.slot).joinedload(Slot.room),
            joinedload(ForumSession.track),
            selectinload(ForumSession.speaker_links),
        )
    )
    return statement.where(ForumSession.title.icontains(search, autoescape=True)) if search else statement


def programme_counts(forum: Forum) -> dict[str, int]:
    """Return how many sessions, sessions without a time, and speakers there are."""
    sessions = select(func.count()).where(ForumSession.forum_id == forum.id).select_from(ForumSession)
    scheduled = select(func.count()).where(Slot.forum_id == forum.id).select_from(Slot)
    speakers = select(func.count()).where(Speaker.forum_id == forum.id).select_from(Speaker)
    total = db.session.scalar(sessions) or 0
    return {
        "sessions": total,
        "without_time": total - (db.session.scalar(scheduled) or 0),
        "speakers": db.session.scalar(speakers) or 0,
    }
