"""Many sessions and speakers added at once, with a few queries however many they are."""

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
from .programme_sessions import SessionDetails, SpeakerDetails, new_session, new_speaker, random_code, wished_code
from .slugs import free_slug


@dataclass(frozen=True)
class NewSession:
    """A session to be added, and who appears in it, in their order."""

    details: SessionDetails
    people: Sequence[tuple[Speaker, SpeakerRole]] = ()


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
        session.speaker_links = [
            SessionSpeaker(speaker=speaker, role=role, position=position)
            for position, (speaker, role) in enumerate(dict.fromkeys(each.people))
        ]
        added.append(session)
    _keep(forum, added, now=now)
    for session in added:
        title = {"title": (None, session.title)}
        record("session added", session, actor=actor, now=now, scope=forum.scope, changes=title)
        for link in session.speaker_links:
            placed = {link.role.value: (None, link.speaker.name)}
            record("speaker placed", session, actor=actor, now=now, scope=forum.scope, changes=placed)
    db.session.flush()
    return added


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
