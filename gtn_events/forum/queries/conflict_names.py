"""What sentences about conflicts call the things they are about: only those that a conflict names are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.core.db import db

from ..conflicts import Conflict
from ..enums import ConflictKind
from ..models import Forum, ForumSession, Room, SideEvent, Slot, Speaker, TimeAway


@dataclass(frozen=True, slots=True)
class NamedSession:
    """A session that has a time, as far as a sentence needs it."""

    code: str
    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class ConflictNames:
    """Everything that conflicts are about, each by its id."""

    sessions: Mapping[int, NamedSession]
    rooms: Mapping[int, Room]
    speakers: Mapping[int, str]
    side_events: Mapping[int, SideEvent]
    away: Mapping[int, TimeAway]


def names_in(forum: Forum, conflicts: Collection[Conflict]) -> ConflictNames:
    """Read what conflicts of a forum's programme are about; five queries."""
    away = _away(conflicts)
    people = {each.subject_id for each in conflicts if each.kind is ConflictKind.SPEAKER}
    people |= {each.speaker_id for each in away.values()}
    return ConflictNames(
        sessions=_sessions(conflicts),
        rooms={each.id: each for each in db.session.scalars(select(Room).where(Room.forum_id == forum.id))},
        speakers=_speakers(people),
        side_events=_side_events(conflicts),
        away=away,
    )


def _sessions(conflicts: Collection[Conflict]) -> dict[int, NamedSession]:
    ids = {number for each in conflicts for number in (each.session_id, each.other_id)}
    statement = select(ForumSession.id, ForumSession.code, ForumSession.title, Slot.starts_at, Slot.minutes)
    rows = db.session.execute(statement.join(Slot, Slot.session_id == ForumSession.id).where(ForumSession.id.in_(ids)))
    return {
        row.id: NamedSession(row.code, row.title, row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
        for row in rows
    }


def _speakers(ids: Collection[int | None]) -> dict[int, str]:
    rows = db.session.execute(select(Speaker.id, Speaker.name).where(Speaker.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _side_events(conflicts: Collection[Conflict]) -> dict[int, SideEvent]:
    ids = {each.subject_id for each in conflicts if each.kind is ConflictKind.SIDE_EVENT}
    return {each.id: each for each in db.session.scalars(select(SideEvent).where(SideEvent.id.in_(ids)))}


def _away(conflicts: Collection[Conflict]) -> dict[int, TimeAway]:
    ids = {each.subject_id for each in conflicts if each.kind is ConflictKind.AWAY}
    return {each.id: each for each in db.session.scalars(select(TimeAway).where(TimeAway.id.in_(ids)))}
