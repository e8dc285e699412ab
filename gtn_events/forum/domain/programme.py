"""Rooms, tracks and the rules that hold for the whole programme."""

from collections import Counter
from datetime import datetime, timedelta

from flask_babel import ngettext
from sqlalchemy import func, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import fold

from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, Room, Slot, Track
from .slugs import free_slug, slug_of

TRACK_COLOURS = 8


def mark_programme_changed(forum: Forum, *, now: datetime) -> None:
    """Note that pages, calendars and cached fragments of the programme are out of date.

    Later than any earlier mark, even within one moment. The forum's ``lock_version``
    stays as it is: whoever edits the settings meanwhile is not in the way.
    """
    before = forum.programme_changed_at
    moment = now if before is None or now > before else before + timedelta(microseconds=1)
    db.session.execute(
        update(Forum).where(Forum.id == forum.id).values(programme_changed_at=moment, lock_version=Forum.lock_version),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(forum, ["programme_changed_at"])


def add_room(
    forum: Forum,
    *,
    name: str,
    seats: int | None,
    notes: str,
    equipment: str = "",
    actor: Account | None,
    now: datetime,
) -> Room:
    """Add a room after the others.

    Raises:
        ProgrammeRefused: the forum has a room of that name.

    Flushes; the caller commits.
    """
    _check_room_name(forum, name, room=None)
    last = db.session.scalar(select(func.max(Room.position)).where(Room.forum_id == forum.id))
    position = (last or 0) + 1
    room = Room(forum_id=forum.id, name=name, seats=seats, notes=notes, equipment=equipment, position=position)
    db.session.add(room)
    db.session.flush()
    _changed(forum, "room added", room, actor=actor, now=now)
    return room


def change_room(
    forum: Forum,
    room: Room,
    *,
    name: str,
    seats: int | None,
    notes: str,
    equipment: str = "",
    actor: Account,
    now: datetime,
) -> None:
    """Change what is said of a room.

    Raises:
        ProgrammeRefused: another room has that name.
    """
    _check_room_name(forum, name, room=room)
    room.name, room.seats, room.notes, room.equipment = name, seats, notes, equipment
    db.session.flush()
    _changed(forum, "room changed", room, actor=actor, now=now)


def remove_room(forum: Forum, room: Room, *, actor: Account, now: datetime) -> None:
    """Remove a room in which nothing takes place.

    Raises:
        ProgrammeRefused: sessions are planned in it.
    """
    used = db.session.scalar(select(func.count()).where(Slot.room_id == room.id)) or 0
    if used:
        raise ProgrammeRefused(
            ngettext(
                "%(num)d session is planned in %(room)s. Move it first.",
                "%(num)d sessions are planned in %(room)s. Move them first.",
                used,
                room=room.name,
            )
        )
    _changed(forum, "room removed", room, actor=actor, now=now, name=room.name)
    db.session.delete(room)
    db.session.flush()


def fresh_colour(forum: Forum) -> int:
    """Return the first of the colours that the fewest tracks have."""
    taken = Counter(db.session.scalars(select(Track.colour).where(Track.forum_id == forum.id)))
    return min(range(1, TRACK_COLOURS + 1), key=lambda colour: taken[colour])


def add_track(forum: Forum, *, name: str, colour: int, actor: Account | None, now: datetime) -> Track:
    """Add a track after the others.

    Args:
        colour: a number of the palette, 1 to 8.

    Raises:
        ProgrammeRefused: the forum has a track of that name.

    Flushes; the caller commits.
    """
    tracks = list(db.session.scalars(select(Track).where(Track.forum_id == forum.id)))
    _check_track_name(tracks, name)
    slug = free_slug(slug_of(name) or "track", {track.slug for track in tracks})
    position = max((track.position for track in tracks), default=0) + 1
    track = Track(forum_id=forum.id, name=name, slug=slug, colour=colour, position=position)
    db.session.add(track)
    db.session.flush()
    _changed(forum, "track added", track, actor=actor, now=now)
    return track


def change_track(forum: Forum, track: Track, *, name: str, colour: int, actor: Account, now: datetime) -> None:
    """Change a track's name and colour; its address stays.

    Raises:
        ProgrammeRefused: another track has that name.
    """
    others = select(Track).where(Track.forum_id == forum.id, Track.id != track.id)
    _check_track_name(list(db.session.scalars(others)), name)
    track.name, track.colour = name, colour
    db.session.flush()
    _changed(forum, "track changed", track, actor=actor, now=now)


def remove_track(forum: Forum, track: Track, *, actor: Account, now: datetime) -> None:
    """Remove a track; its sessions stay, without one."""
    db.session.execute(update(ForumSession).where(ForumSession.track_id == track.id).values(track_id=None))
    _changed(forum, "track removed", track, actor=actor, now=now, name=track.name)
    db.session.delete(track)
    db.session.flush()


def _check_room_name(forum: Forum, name: str, *, room: Room | None) -> None:
    owner = db.session.scalar(select(Room.id).where(Room.forum_id == forum.id, Room.name == name))
    if owner is not None and (room is None or owner != room.id):
        raise ProgrammeRefused(f"There is a room {name} already.", field="name")


def _check_track_name(others: list[Track], name: str) -> None:
    if any(fold(other.name) == fold(name) for other in others):
        raise ProgrammeRefused(f"There is a track {name} already.", field="name")


def _changed(
    forum: Forum, action: str, subject: Room | Track, *, actor: Account | None, now: datetime, name: str | None = None
) -> None:
    changes = {"name": (name, None)} if name else {"name": (None, subject.name)}
    record(action, subject, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)
