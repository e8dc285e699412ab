"""Sessions and speakers that an organiser adds, changes and removes by hand."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import fold

from ..enums import SessionKind, SessionLevel, SpeakerRole
from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, SessionSpeaker, Slot, Speaker
from .programme import mark_programme_changed
from .session_materials import forget_materials
from .session_places import forget_places
from .slugs import free_slug, slug_of

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SLOT_FIELDS = frozenset({"room_id", "starts_at", "minutes"})


@dataclass(frozen=True, kw_only=True)
class SessionDetails:
    """Everything an organiser says about a session.

    Without ``starts_at`` it has no slot yet: its ``minutes`` are a wish, and it has no room.
    """

    title: str
    subtitle: str = ""
    kind: SessionKind = SessionKind.SESSION
    abstract: str = ""
    description: str = ""
    language: str = ""
    level: SessionLevel | None = None
    interpretation: tuple[str, ...] = ()
    track_id: int | None = None
    expected: int | None = None
    room_id: int | None = None
    starts_at: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class SpeakerDetails:
    """Everything an organiser says about a speaker; ``name`` is the whole name with the family name in it."""

    name: str
    family_name: str = ""
    own_script_name: str = ""
    own_script_language: str = ""
    organisation: str = ""
    economy_code: str | None = None
    biography: str = ""


def add_session(forum: Forum, details: SessionDetails, *, actor: Account | None, now: datetime) -> ForumSession:
    """Add a session, with its slot if it has a time.

    Raises:
        ProgrammeRefused: it has a time and no duration, or one of more than a day.

    Flushes; the caller commits.
    """
    session = new_session(forum, details, code=_free_code(forum))
    db.session.add(session)
    db.session.flush()
    record("session added", session, actor=actor, now=now, scope=forum.scope, changes={"title": (None, session.title)})
    mark_programme_changed(forum, now=now)
    return session


def change_session(
    forum: Forum, session: ForumSession, details: SessionDetails, *, actor: Account, now: datetime
) -> None:
    """Change a session and move its slot; the slot's guid stays, so calendars follow it.

    Raises:
        ProgrammeRefused: as in ``add_session``.
    """
    changes = set_details(forum, session, details)
    db.session.flush()
    record("session changed", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)


def remove_session(forum: Forum, session: ForumSession, *, actor: Account, now: datetime) -> None:
    """Remove a session, its slot, and who speaks in it; the speakers stay.

    Raises:
        ProgrammeRefused: people have signed up for it.
    """
    forget_places(session)
    forget_materials([session.id], now=now)
    record(
        "session removed", session, actor=actor, now=now, scope=forum.scope, changes={"title": (session.title, None)}
    )
    db.session.delete(session)
    db.session.flush()
    mark_programme_changed(forum, now=now)


def add_speaker(forum: Forum, details: SpeakerDetails, *, actor: Account | None, now: datetime) -> Speaker:
    """Add a person to the programme.

    Flushes; the caller commits.
    """
    wished = wished_code(details.name)
    alike = select(Speaker.code).where(Speaker.forum_id == forum.id, Speaker.code.startswith(wished, autoescape=True))
    speaker = new_speaker(forum, details, code=free_slug(wished, set(db.session.scalars(alike))))
    db.session.add(speaker)
    db.session.flush()
    record("speaker added", speaker, actor=actor, now=now, scope=forum.scope, changes={"name": (None, speaker.name)})
    mark_programme_changed(forum, now=now)
    return speaker


def change_speaker(forum: Forum, speaker: Speaker, details: SpeakerDetails, *, actor: Account, now: datetime) -> None:
    """Change what is said of a speaker; the address stays."""
    for name, value in _speaker_values(details).items():
        setattr(speaker, name, value)
    db.session.flush()
    record("speaker changed", speaker, actor=actor, now=now, scope=forum.scope)
    mark_programme_changed(forum, now=now)


def place_speaker(
    forum: Forum, session: ForumSession, speaker: Speaker, *, role: SpeakerRole, actor: Account | None, now: datetime
) -> None:
    """Let a speaker appear in a session, after those who are there.

    Raises:
        ProgrammeRefused: the person has that role in the session already.
    """
    if any(link.speaker_id == speaker.id and link.role is role for link in session.speaker_links):
        raise ProgrammeRefused(f"{speaker.name} is {role.value} in this session already.", field="speaker")
    position = max((link.position for link in session.speaker_links), default=-1) + 1
    session.speaker_links.append(SessionSpeaker(speaker=speaker, role=role, position=position))
    db.session.flush()
    changes = {role.value: (None, speaker.name)}
    record("speaker placed", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)


def withdraw_speaker(
    forum: Forum, session: ForumSession, link: SessionSpeaker, *, actor: Account | None, now: datetime
) -> None:
    """Take a speaker out of a session."""
    changes = {link.role.value: (link.speaker.name, None)}
    session.speaker_links.remove(link)
    db.session.flush()
    record("speaker withdrawn", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)


def set_details(
    forum: Forum, session: ForumSession, details: SessionDetails
) -> dict[str, tuple[Any, Any]]:  # Any: JSON
    """Let a session and its slot be as the details say, and return what of title, time and room is different.

    Raises:
        ProgrammeRefused: as in ``add_session``.
    """
    _check_times(details)
    before = _shown(session)
    for name, value in _own_values(details).items():
        setattr(session, name, value)
    if details.starts_at is None or session.slot is None:
        session.slot = _new_slot(forum, details)
    else:
        for name in SLOT_FIELDS:
            setattr(session.slot, name, getattr(details, name))
    after = _shown(session)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def new_session(forum: Forum, details: SessionDetails, *, code: str) -> ForumSession:
    """Return the row of a session that nobody knows yet, with its slot if it has a time.

    Raises:
        ProgrammeRefused: as in ``add_session``.
    """
    _check_times(details)
    session = ForumSession(forum_id=forum.id, guid=str(uuid4()), code=code, **_own_values(details))
    session.slot = _new_slot(forum, details)
    return session


def new_speaker(forum: Forum, details: SpeakerDetails, *, code: str) -> Speaker:
    """Return the row of a speaker whom nobody knows yet."""
    return Speaker(forum_id=forum.id, code=code, **_speaker_values(details))


def random_code() -> str:
    """Return a code that may be a session's, unless another one has it."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


def wished_code(name: str) -> str:
    """Return the code that a speaker gets, unless somebody has it."""
    return slug_of(name)[:32].strip("-") or "speaker"


def sort_name_of(name: str, family_name: str) -> str:
    """Return the key of the speaker index: family name first where it is known."""
    return fold(f"{family_name} {name}" if family_name else name)[:220]


def _check_times(details: SessionDetails) -> None:
    if details.minutes is None and details.starts_at is None:
        return
    if details.minutes is None or not 0 < details.minutes <= 24 * 60:
        raise ProgrammeRefused("A session lasts from 1 minute to 24 hours.", field="minutes")


def _own_values(details: SessionDetails) -> dict[str, Any]:  # Any: a value of any column
    names = (field.name for field in fields(details) if field.name not in SLOT_FIELDS)
    values = {name: getattr(details, name) for name in names}
    wished = {} if details.starts_at else {"wished_minutes": details.minutes}
    return values | wished | {"interpretation": list(details.interpretation)}


def _new_slot(forum: Forum, details: SessionDetails) -> Slot | None:
    if details.starts_at is None:
        return None
    slot_values = {name: getattr(details, name) for name in SLOT_FIELDS}
    return Slot(forum_id=forum.id, guid=str(uuid4()), **slot_values)


def _speaker_values(details: SpeakerDetails) -> dict[str, Any]:  # Any: a value of any column
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    return values | {"sort_name": sort_name_of(details.name, details.family_name)}


def _free_code(forum: Forum) -> str:
    while True:
        code = random_code()
        taken = exists().where(ForumSession.forum_id == forum.id, ForumSession.code == code)
        if not db.session.scalar(select(taken)):
            return code


def _shown(session: ForumSession) -> dict[str, Any]:  # Any: values that JSON can hold
    slot = session.slot
    return {
        "title": session.title,
        "starts": slot.starts_at.isoformat() if slot else None,
        "minutes": slot.minutes if slot else None,
        "room": slot.room_id if slot else None,
    }
