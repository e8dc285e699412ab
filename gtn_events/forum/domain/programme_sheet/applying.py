"""Makes a forum's programme say what the lines of a spreadsheet say."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import fold

from ...enums import SpeakerRole
from ...models import Forum, ForumSession, Room, SessionSpeaker, Speaker, Track
from ..locking import lock_forum
from ..many_sessions import ChangedSession, NewSession, add_sessions, add_speakers, change_sessions
from ..programme import TRACK_COLOURS, add_room, add_track
from ..programme_sessions import SLOT_FIELDS, SessionDetails
from .columns import seen
from .lines import Fate, Line

OWN = frozenset(each.name for each in fields(SessionDetails))


@dataclass
class SheetReport:
    """How many sessions are new and how many changed."""

    added: int = 0
    changed: int = 0


def apply_sheet(forum: Forum, lines: Sequence[Line], *, actor: Account, now: datetime) -> SheetReport:
    """Add and change the sessions of the lines that are not refused; what no line names stays.

    Args:
        lines: as ``preview_sheet`` read them in this transaction.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    work = _Work(forum, actor, now)
    new, changed = ([line for line in lines if line.fate is fate] for fate in (Fate.NEW, Fate.CHANGED))
    work.change(changed)
    work.add(new)
    return SheetReport(added=len(new), changed=len(changed))


class _Work:
    def __init__(self, forum: Forum, actor: Account, now: datetime) -> None:
        self._forum, self._actor, self._now = forum, actor, now
        rooms = db.session.scalars(select(Room).where(Room.forum_id == forum.id))
        tracks = db.session.scalars(select(Track).where(Track.forum_id == forum.id))
        people = db.session.scalars(select(Speaker).where(Speaker.forum_id == forum.id).order_by(Speaker.id.desc()))
        self._rooms = {fold(seen(each.name)): each.id for each in rooms}
        self._tracks = {fold(seen(each.name)): each.id for each in tracks}
        self._speakers = {fold(seen(each.name)): each for each in people}
        loaded = select(ForumSession).where(ForumSession.forum_id == forum.id)
        links = selectinload(ForumSession.speaker_links).joinedload(SessionSpeaker.speaker)
        sessions = db.session.scalars(loaded.options(selectinload(ForumSession.slot), links))
        self._sessions = {each.id: each for each in sessions}

    def add(self, lines: Sequence[Line]) -> None:
        """Add the sessions of lines, together: files of a thousand are taken at once."""
        self._meet(lines)
        wanted = [
            NewSession(
                self._details(SessionDetails(title=line.values["title"]), line),
                self._people(line) or [],
            )
            for line in lines
        ]
        add_sessions(self._forum, wanted, actor=self._actor, now=self._now)

    def change(self, lines: Sequence[Line]) -> None:
        """Change the sessions of lines, together."""
        self._meet(lines)
        wanted = [self._changed(self._sessions[line.session_id or 0], line) for line in lines]
        change_sessions(self._forum, wanted, actor=self._actor, now=self._now)

    def _changed(self, session: ForumSession, line: Line) -> ChangedSession:
        before = SessionDetails(**{name: getattr(session, name) for name in OWN - SLOT_FIELDS}, **_place(session))
        details = self._details(before, line)
        return ChangedSession(session, details if details != before else None, self._people(line))

    def _details(self, details: SessionDetails, line: Line) -> SessionDetails:
        told = {name: value for name, value in line.values.items() if name in OWN}
        if "room" in line.values:
            told["room_id"] = self._room(line.values["room"])
        if "track" in line.values:
            told["track_id"] = self._track(line.values["track"])
        changed = replace(details, **told)
        return changed if changed.starts_at else replace(changed, room_id=None)

    def _people(self, line: Line) -> list[tuple[Speaker, SpeakerRole]] | None:
        """Return who appears in the session of a line; None where it says nothing of that."""
        if "speakers" not in line.values:
            return None
        return [(self._speakers[fold(name)], role) for name, role in line.values["speakers"]]

    def _meet(self, lines: Sequence[Line]) -> None:
        """Know everybody whom lines name; a name that is new is a new person."""
        names = [name for line in lines for name, _role in line.values.get("speakers", [])]
        new = {fold(name): name for name in reversed(names) if fold(name) not in self._speakers}
        added = add_speakers(self._forum, list(reversed(new.values())), actor=self._actor, now=self._now)
        self._speakers |= {fold(each.name): each for each in added}

    def _room(self, name: str) -> int | None:
        if name and fold(name) not in self._rooms:
            room = add_room(self._forum, name=name, seats=None, notes="", actor=self._actor, now=self._now)
            self._rooms[fold(name)] = room.id
        return self._rooms[fold(name)] if name else None

    def _track(self, name: str) -> int | None:
        if name and fold(name) not in self._tracks:
            colour = len(self._tracks) % TRACK_COLOURS + 1
            track = add_track(self._forum, name=name, colour=colour, actor=self._actor, now=self._now)
            self._tracks[fold(name)] = track.id
        return self._tracks[fold(name)] if name else None


def _place(session: ForumSession) -> dict[str, Any]:  # Any: a value of any column
    slot = session.slot
    if slot is None:
        return {"minutes": session.wished_minutes}
    return {name: getattr(slot, name) for name in SLOT_FIELDS}
