"""Speakers as people see them and as they keep themselves: photos, and whose account is whose."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..models import Forum, ForumSession, SessionSpeaker, Speaker, SpeakerPhoto


def photos_of(speaker_ids: Collection[int]) -> dict[int, SpeakerPhoto]:
    """Return the pictures of these speakers, by the speaker's id."""
    statement = select(SpeakerPhoto).where(SpeakerPhoto.speaker_id.in_(speaker_ids))
    return {photo.speaker_id: photo for photo in db.session.scalars(statement.options(joinedload(SpeakerPhoto.upload)))}


def photographed(forum: Forum) -> frozenset[int]:
    """Return the ids of the speakers of a forum who have a picture."""
    statement = select(SpeakerPhoto.speaker_id).join(SpeakerPhoto.speaker).where(Speaker.forum_id == forum.id)
    return frozenset(db.session.scalars(statement))


def own_speaker(forum: Forum, account_id: int) -> Speaker | None:
    """Return whom a person is in the programme of a forum, with the sessions; None for nobody."""
    statement = (
        select(Speaker)
        .where(Speaker.forum_id == forum.id, Speaker.account_id == account_id)
        .options(selectinload(Speaker.session_links).joinedload(SessionSpeaker.session).joinedload(ForumSession.slot))
        .order_by(Speaker.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def speaking_at(account_id: int) -> list[Speaker]:
    """Return whom a person is in the programmes of all forums, the newest forum first."""
    statement = (
        select(Speaker)
        .join(Speaker.forum)
        .where(Speaker.account_id == account_id)
        .options(joinedload(Speaker.forum))
        .order_by(Forum.starts_on.desc(), Speaker.id)
    )
    return list(db.session.scalars(statement))
