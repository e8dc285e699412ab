"""The released versions of a programme, and which one people see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from gtn_events.core.db import db

from ..models import Forum, ForumSession, ProgrammeRelease, ReleasedText, Speaker
from ..programme_snapshot import Snapshot, snapshot_of
from .programme import SessionTexts, load_programme
from .session_texts import OtherTexts, texts_in_other_languages

SESSION, SPEAKER = "session", "speaker"
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class PublicVersion:
    """Which version people see. ``release_id`` None: nothing yet, the first is public from ``opens_at``."""

    release_id: int | None
    number: int
    opens_at: datetime | None


def public_version(forum: Forum, *, now: datetime) -> PublicVersion | None:
    """Return what people see of a programme: None while nothing was released, so that they see the working one."""
    statement = select(ProgrammeRelease.id, ProgrammeRelease.number, ProgrammeRelease.public_from)
    rows = db.session.execute(
        statement.where(ProgrammeRelease.forum_id == forum.id).order_by(ProgrammeRelease.number.desc())
    ).all()
    if not rows:
        return None
    seen = next((row for row in rows if row.public_from <= now), None)
    if seen is not None:
        return PublicVersion(seen.id, seen.number, None)
    return PublicVersion(None, 0, min(row.public_from for row in rows))


def releases_of(forum: Forum) -> list[ProgrammeRelease]:
    """Return the versions of a forum, the newest first, without their content."""
    statement = select(ProgrammeRelease).where(ProgrammeRelease.forum_id == forum.id)
    return list(db.session.scalars(statement.order_by(ProgrammeRelease.number.desc())))


def overtaken(releases: Sequence[ProgrammeRelease]) -> dict[int, int]:
    """Return the versions that were never public, nor will be: number to that of the newer one that came before them.

    Args:
        releases: all versions of a forum, the newest first.
    """
    found: dict[int, int] = {}
    for place, release in enumerate(releases):
        newer = next((each for each in reversed(releases[:place]) if each.public_from <= release.public_from), None)
        if newer is not None:
            found[release.number] = newer.number
    return found


def waiting_releases(forum: Forum, *, now: datetime) -> list[ProgrammeRelease]:
    """Return the versions that people will see later, as things stand, the newest first."""
    releases = releases_of(forum)
    never = overtaken(releases)
    return [each for each in releases if not each.is_public(now) and each.number not in never]


def release_numbered(forum: Forum, number: int) -> ProgrammeRelease | None:
    """Return one version of a forum with its content; None also for numbers that no database takes."""
    if not 0 < number <= LARGEST_NUMBER:
        return None
    return db.session.scalar(
        select(ProgrammeRelease)
        .where(ProgrammeRelease.forum_id == forum.id, ProgrammeRelease.number == number)
        .options(undefer(ProgrammeRelease.content))
    )


def newest_release(forum: Forum) -> ProgrammeRelease | None:
    """Return the version that was released last, public or not, with its content."""
    newest = select(func.max(ProgrammeRelease.number)).where(ProgrammeRelease.forum_id == forum.id)
    number = db.session.scalar(newest)
    return None if number is None else release_numbered(forum, number)


def content_of(release_id: int) -> Snapshot:
    """Return the content of one version."""
    return db.session.scalars(select(ProgrammeRelease.content).where(ProgrammeRelease.id == release_id)).one()


def working_snapshot(forum: Forum) -> Snapshot:
    """Return the working programme as a snapshot; calendars are not continued yet."""
    rows = db.session.execute(select(ForumSession.id, ForumSession.guid).where(ForumSession.forum_id == forum.id))
    return snapshot_of(load_programme(forum), {row.id: row.guid for row in rows})


def working_texts(forum: Forum) -> dict[tuple[str, int], dict[str, object]]:
    """Return the long texts of the working programme, by what they are of."""
    sessions = select(ForumSession.id, ForumSession.abstract, ForumSession.description, ForumSession.links)
    speakers = select(Speaker.id, Speaker.biography)
    found: dict[tuple[str, int], dict[str, object]] = {}
    for row in db.session.execute(sessions.where(ForumSession.forum_id == forum.id)):
        found[SESSION, row.id] = {"abstract": row.abstract, "description": row.description, "links": row.links}
    for session_id, texts in texts_in_other_languages(forum).items():
        found[SESSION, session_id]["languages"] = texts
    for row in db.session.execute(speakers.where(Speaker.forum_id == forum.id)):
        found[SPEAKER, row.id] = {"biography": row.biography}
    return found


def released_texts(release_id: int) -> dict[tuple[str, int], dict[str, object]]:
    """Return the long texts of one version, by what they are of."""
    rows = db.session.scalars(select(ReleasedText).where(ReleasedText.release_id == release_id))
    return {(row.kind, row.subject_id): row.texts for row in rows}


def released_session_texts(release_id: int, session_id: int) -> SessionTexts:
    """Return the long texts of one session in one version."""
    texts = _texts(release_id, SESSION, session_id)
    links = [(link["url"], link["label"]) for link in texts["links"]]
    return SessionTexts(texts["abstract"], texts["description"], links, texts.get("languages", {}))


def released_biography(release_id: int, speaker_id: int) -> str:
    """Return what one version says of a speaker."""
    return str(_texts(release_id, SPEAKER, speaker_id)["biography"])


def released_abstracts(release_id: int) -> dict[int, str]:
    """Return the abstract of every session in one version, by session id."""
    statement = select(ReleasedText).where(ReleasedText.release_id == release_id, ReleasedText.kind == SESSION)
    return {row.subject_id: row.texts["abstract"] for row in db.session.scalars(statement)}


def released_in_other_languages(release_id: int) -> dict[int, OtherTexts]:
    """Return what one version says of sessions in other languages, by session id."""
    statement = select(ReleasedText).where(ReleasedText.release_id == release_id, ReleasedText.kind == SESSION)
    rows = db.session.scalars(statement)
    return {row.subject_id: row.texts["languages"] for row in rows if "languages" in row.texts}


def _texts(release_id: int, kind: str, subject_id: int) -> dict[str, Any]:
    return db.session.scalars(
        select(ReleasedText.texts).where(
            ReleasedText.release_id == release_id, ReleasedText.kind == kind, ReleasedText.subject_id == subject_id
        )
    ).one()


def speakers_told(forum: Forum, speaker_ids: Collection[int]) -> list[str]:
    """Return the names of the speakers among these who have an account, and so get mails."""
    statement = select(Speaker.name).where(
        Speaker.forum_id == forum.id, Speaker.account_id.is_not(None), Speaker.id.in_(speaker_ids)
    )
    return list(db.session.scalars(statement.order_by(Speaker.sort_name, Speaker.id)))
