"""Many sessions and speakers added or changed at once, with a few queries however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import SpeakerRole
from ..models import Forum, ForumSession, SessionSpeaker, Speaker
from .programme import mark_programme_changed
from .programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    new_session,
    new_speaker,
    random_code,
    set_details,
    wished_code,
)
from .slugs import free_slug


@dataclass(frozen=True)
class NewSession:
    """A session to be added, and who appears in it, in their order."""

    details: SessionDetails
    people: Sequence[tuple[Speaker, SpeakerRole]] = ()


@dataclass(frozen=True)
class ChangedSession:
    """A session with what it shall say, and who shall appear in it; None where that stays as it is."""

    session: ForumSession
    details: SessionDetails | None
    people: Sequence[tuple[Speaker, SpeakerRole]] | None


def add_sessions(
    forum: Forum, wanted: Sequence[NewSession], *, actor: Account | None, now: datetime
) -> list[ForumSession]:
    """Add sessions with their slots and people, each in the journal as if it came alone.

    Raises:
        ProgrammeRefused: as ``add_session``; nothing was added.

    Flushes; the caller commits.
    """
    taken = set(db.session.scalars(select(ForumSession.code).where(ForumSession.forum_id == forum.id)))
    added = []
    for each in wanted:
        session = new_session(forum, each.details, code=_free_of(taken))
        session.speaker_links = _links(each.people)
        added.append(session)
    _keep(forum, added, now=now)
    for session in added:
        title = {"title": (None, session.title)}
        record("session added", session, actor=actor, now=now, scope=forum.scope, changes=title)
        _record_placed(forum, session, actor=actor, now=now)
    db.session.flush()
    return added


def change_sessions(forum: Forum, wanted: Sequence[ChangedSession], *, actor: Account, now: datetime) -> None:
    """Change sessions, their slots and who appears in them, each in the journal as if it came alone.

    Args:
        wanted: each session once, with its slot, its speakers and their names loaded.

    Raises:
        ProgrammeRefused: as ``change_session``.

    Flushes; the caller commits.
    """
    if not wanted:
        return
    for each in wanted:
        if each.details is not None:
            changes = set_details(forum, each.session, each.details)
            record("session changed", each.session, actor=actor, now=now, scope=forum.scope, changes=changes)
    recast = [(each.session, each.people) for each in wanted if each.people is not None]
    for session, _people in recast:
        for link in session.speaker_links:
            gone = {link.role.value: (link.speaker.name, None)}
            record("speaker withdrawn", session, actor=actor, now=now, scope=forum.scope, changes=gone)
        session.speaker_links.clear()
    db.session.flush()  # who goes before who comes: one person has a role in a session once
    for session, people in recast:
        session.speaker_links.extend(_links(people))
        _record_placed(forum, session, actor=actor, now=now)
    db.session.flush()
    mark_programme_changed(forum, now=now)


def add_speakers(forum: Forum, names: Sequence[str], *, actor: Account | None, now: datetime) -> list[Speaker]:
    """Add people of whom the name alone is known, in their order. Flushes; the caller commits."""
    taken = set(db.session.scalars(select(Speaker.code).where(Speaker.forum_id == forum.id)))
    added = []
    for name in names:
        code = free_slug(wished_code(name), taken)
        taken.add(code)
        added.append(new_speaker(forum, SpeakerDetails(name=name), code=code))
    _keep(forum, added, now=now)
    for speaker in added:
        changes = {"name": (None, speaker.name)}
        record("speaker added", speaker, actor=actor, now=now, scope=forum.scope, changes=changes)
    db.session.flush()
    return added


def _links(people: Sequence[tuple[Speaker, SpeakerRole]]) -> list[SessionSpeaker]:
    once = dict.fromkeys(people)
    return [
        SessionSpeaker(speaker=speaker, role=role, position=position) for position, (speaker, role) in enumerate(once)
    ]


def _record_placed(forum: Forum, session: ForumSession, *, actor: Account | None, now: datetime) -> None:
    for link in session.speaker_links:
        placed = {link.role.value: (None, link.speaker.name)}
        record("speaker placed", session, actor=actor, now=now, scope=forum.scope, changes=placed)


def _keep(forum: Forum, added: Sequence[ForumSession | Speaker], *, now: datetime) -> None:
    if not added:
        return
    db.session.add_all(added)
    db.session.flush()
    mark_programme_changed(forum, now=now)


def _free_of(taken: set[str]) -> str:
    while (code := random_code()) in taken:
        pass
    taken.add(code)
    return code
