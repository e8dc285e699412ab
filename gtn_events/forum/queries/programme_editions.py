"""What people see of a programme: the released version of the moment, or the working one while nothing was released.

The working one is then without what calls for sessions brought, which is public with the first version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..models import Forum
from ..programme_snapshot import programme_from
from ..remembered import Remembered
from .programme import Programme, SessionTexts, abstracts, biography_of, session_texts
from .programme_before_release import load_before_release
from .programme_releases import (
    SESSION,
    PublicVersion,
    content_of,
    public_version,
    released_abstracts,
    released_biography,
    released_in_other_languages,
    released_session_texts,
    released_texts,
    working_texts,
)
from .session_texts import OtherTexts, texts_in_other_languages

EditionVersion = tuple[int, str, int, str]
_NOTHING = Programme((), (), (), (), {}, {})


@dataclass(frozen=True)
class CalendarMark:
    """What a calendar has to know of a slot besides its facts (RFC 5545)."""

    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class DroppedSlot:
    """A slot that people saw and that is no more, with the code of its session where the version kept it."""

    guid: str
    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room_name: str
    mark: CalendarMark


@dataclass(frozen=True)
class Edition:
    """A programme as people see it; ``version`` is None when nothing may be kept of it."""

    programme: Programme
    version: EditionVersion | None
    public: PublicVersion | None = None
    marks: Mapping[str, CalendarMark] = field(default_factory=dict)
    dropped: tuple[DroppedSlot, ...] = ()

    @property
    def release_id(self) -> int | None:
        """The released version; None for the working programme, and for none yet."""
        return self.public.release_id if self.public else None

    @property
    def opens_at(self) -> datetime | None:
        """When the first version is public, while none is."""
        return self.public.opens_at if self.public else None


_editions: Remembered[Edition] = Remembered(4)


def edition_of(forum: Forum, *, now: datetime) -> Edition:
    """Return what people see of a programme at a moment, from memory while it is the same."""
    public = public_version(forum, now=now)
    version = _version(forum, public)
    if version is None:
        return Edition(load_before_release(forum), None)
    return _editions.get(version, lambda: _load(forum, public, version))


def texts_in(edition: Edition, session_id: int) -> SessionTexts:
    """Return the long texts of one session."""
    release_id = edition.release_id
    return session_texts(session_id) if release_id is None else released_session_texts(release_id, session_id)


def biography_in(edition: Edition, speaker_id: int) -> str:
    """Return what is said of one speaker."""
    release_id = edition.release_id
    return biography_of(speaker_id) if release_id is None else released_biography(release_id, speaker_id)


def abstracts_in(edition: Edition, forum: Forum) -> dict[int, str]:
    """Return the abstract of every session, by session id."""
    return abstracts(forum) if edition.release_id is None else released_abstracts(edition.release_id)


def other_languages_in(edition: Edition, forum: Forum) -> dict[int, OtherTexts]:
    """Return what is said of sessions in other languages, by session id."""
    release_id = edition.release_id
    return texts_in_other_languages(forum) if release_id is None else released_in_other_languages(release_id)


def all_texts_in(edition: Edition, forum: Forum) -> tuple[dict[int, SessionTexts], dict[int, str]]:
    """Return every long text: those of sessions, and what is said of speakers, each by id."""
    if not edition.programme.sessions:
        return {}, {}
    texts: dict[int, SessionTexts] = {}
    biographies: dict[int, str] = {}
    release_id = edition.release_id
    found: dict[tuple[str, int], Any] = dict(working_texts(forum) if release_id is None else released_texts(release_id))
    for (kind, subject_id), values in found.items():
        if kind == SESSION:
            links = [(link["url"], link["label"]) for link in values["links"]]
            others = values.get("languages", {})
            texts[subject_id] = SessionTexts(values["abstract"], values["description"], links, others)
        else:
            biographies[subject_id] = values["biography"]
    return texts, biographies


def forget_editions() -> None:
    """Empty the memory; for tests that use the same ids again."""
    _editions.clear()


def _version(forum: Forum, public: PublicVersion | None) -> EditionVersion | None:
    if public is not None:
        return forum.id, f"version {public.release_id}", forum.lock_version, forum.time_zone
    if forum.programme_changed_at is None:
        return None
    return forum.id, forum.programme_changed_at.isoformat(), forum.lock_version, forum.time_zone


def _load(forum: Forum, public: PublicVersion | None, version: EditionVersion) -> Edition:
    if public is None:
        return Edition(load_before_release(forum), version)
    if public.release_id is None:
        return Edition(_NOTHING, version, public)
    content = content_of(public.release_id)
    return Edition(
        programme_from(content, forum.zone),
        version,
        public,
        marks={each["slot"]: _mark(each) for each in content["sessions"] if each["slot"]},
        dropped=tuple(_dropped(each) for each in content["dropped"]),
    )


def _mark(values: Mapping[str, Any]) -> CalendarMark:
    return CalendarMark(values["sequence"], datetime.fromisoformat(values["changed_at"]))


def _dropped(values: Mapping[str, Any]) -> DroppedSlot:
    starts_at = datetime.fromisoformat(values["starts_at"])
    return DroppedSlot(
        guid=values["slot"],
        code=values.get("code", ""),
        title=values["title"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=values["minutes"]),
        room_name=values["room_name"],
        mark=_mark(values),
    )
