"""What the files of a programme say, whatever their format: texts that every format can hold, moments, names."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from gtn_events.core.links import site_url

from ..conference_day import DAY_CHANGE
from ..models import Forum
from ..programme_guids import room_guid, speaker_guid
from ..queries.programme import SessionFacts, SessionTexts, SpeakerFacts
from ..queries.programme_editions import Edition, all_texts_in
from ..queries.speaker_pages import photographed

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TEXTS = SessionTexts("", "", [])


@dataclass(frozen=True)
class FileContent:
    """A programme with its long texts; ``sessions`` are those that have a time, in order.

    ``photographed`` are the ids of the speakers whose picture people see now, whichever version it is.
    """

    forum: Forum
    edition: Edition
    texts: Mapping[int, SessionTexts] = field(repr=False)
    biographies: Mapping[int, str] = field(repr=False)
    photographed: Collection[int] = ()

    @property
    def sessions(self) -> list[SessionFacts]:
        """The sessions that have a time, in order."""
        return self.edition.programme.scheduled

    @property
    def zone(self) -> tzinfo:
        """The venue's time zone."""
        return self.forum.zone

    @property
    def acronym(self) -> str:
        """The forum in small letters and digits, four at least: no format takes more signs, one takes no fewer."""
        plain = re.sub(r"[^a-z0-9]", "", self.forum.slug)
        return plain if len(plain) >= 4 else f"forum{plain}"

    @property
    def version(self) -> str:
        """What people call the version: its number, or when the working programme was changed."""
        if self.edition.release_id is not None and self.edition.public is not None:
            return f"v{self.edition.public.number}"
        changed = self.forum.programme_changed_at
        return changed.isoformat(timespec="seconds") if changed and self.edition.public is None else "v0"

    @property
    def days(self) -> list[date]:
        """The days of the forum, and those on which something takes place besides."""
        length = (self.forum.ends_on - self.forum.starts_on).days
        own = {self.forum.starts_on + timedelta(days=number) for number in range(length + 1)}
        return sorted(own | {session.day for session in self.sessions if session.day})

    @property
    def url(self) -> str:
        """The address of the programme."""
        return site_url("forum_programme.grid", forum=self.forum)

    def file_url(self, name: str) -> str:
        """Return the address of one of the files."""
        return site_url("forum_programme.file", forum=self.forum, filename=name)

    def session_url(self, session: SessionFacts) -> str:
        """Return the address of a session's page."""
        return site_url("forum_programme.session", forum=self.forum, code=session.code)

    def speaker_url(self, speaker: SpeakerFacts) -> str:
        """Return the address of a speaker's page."""
        return site_url("forum_programme.speaker", forum=self.forum, code=speaker.code)

    def photo_url(self, speaker: SpeakerFacts) -> str:
        """Return the address of a speaker's picture; empty where there is none."""
        if speaker.id not in self.photographed:
            return ""
        return site_url("forum_programme.speaker_photo", forum=self.forum, code=speaker.code)

    def speaker_guid(self, speaker: SpeakerFacts) -> str:
        """Return what other systems know a speaker by."""
        return speaker_guid(self.forum, speaker.code)

    def room_guid(self, room_id: int) -> str:
        """Return what other systems know a room by."""
        return room_guid(self.forum, room_id)

    def texts_of(self, session: SessionFacts) -> SessionTexts:
        """Return the long texts of a session."""
        return self.texts.get(session.id, _NO_TEXTS)

    def rooms_on(self, day: date) -> dict[str, list[SessionFacts]]:
        """Return the sessions of a day by the name of their room, rooms in their order; none is the empty name."""
        found: dict[str, list[SessionFacts]] = {plain(room.name): [] for room in self.edition.programme.rooms}
        for session in self.sessions:
            if session.day == day:
                found.setdefault(room_name(session), []).append(session)
        return {name: sessions for name, sessions in found.items() if sessions}


def file_content(forum: Forum, edition: Edition) -> FileContent:
    """Return what the files of an edition say, with two queries for its texts and one for who has a picture."""
    texts, biographies = all_texts_in(edition, forum)
    return FileContent(forum, edition, texts, biographies, photographed(forum))


def plain(text: str) -> str:
    """Return the text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)


def room_name(session: SessionFacts) -> str:
    """Return the name of the session's room, or nothing."""
    return plain(session.room.name) if session.room else ""


def stamp(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment at the venue; in UTC where the venue was off by seconds then, which no format can say."""
    there = moment.astimezone(zone)
    return there if (there.utcoffset() or timedelta()).seconds % 60 == 0 else moment.astimezone(UTC)


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the first minute of a day of the programme and its last."""
    begins = datetime.combine(day, time()) + DAY_CHANGE
    ends = begins + timedelta(days=1, minutes=-1)
    return stamp(begins.replace(tzinfo=zone), zone), stamp(ends.replace(tzinfo=zone), zone)


def duration(session: SessionFacts) -> str:
    """Return hours and minutes, at most 24:00."""
    return f"{session.minutes // 60:02d}:{session.minutes % 60:02d}"


def people(session: SessionFacts) -> list[SpeakerFacts]:
    """Return who appears in a session, each once, in the session's order."""
    return list({part.speaker.id: part.speaker for part in session.parts}.values())
