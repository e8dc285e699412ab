"""The whole programme of a forum as frozen values, read with five queries whatever its size."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.seats import SeatPool

from ..conference_day import conference_day
from ..enums import SessionKind, SessionLevel, SpeakerRole
from ..models import Forum, ForumSession, Room, SessionSpeaker, SideEvent, Slot, Speaker, Track
from .session_texts import OtherTexts, other_texts_of

# Every look at a programme asks it, so it is put together once.
_SIDE_EVENTS = (
    select(
        SideEvent.id,
        SideEvent.slug,
        SideEvent.title,
        SideEvent.room_name,
        SideEvent.starts_at,
        SideEvent.ends_at,
        SeatPool.capacity,
        SeatPool.taken,
        SideEvent.host_name,
        Economy.short_name,
    )
    .join(SeatPool, SeatPool.id == SideEvent.pool_id)
    .outerjoin(Economy, Economy.code == SideEvent.host_economy_code)
    .where(SideEvent.forum_id == bindparam("forum_id"), SideEvent.published)
    .order_by(SideEvent.starts_at, SideEvent.id)
)


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room as the programme shows it."""

    id: int
    name: str
    seats: int | None
    notes: str


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """A track as the programme shows it; ``colour`` is 1 to 8."""

    id: int
    name: str
    slug: str
    colour: int


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """A person in the programme; ``before``, ``family`` and ``after`` put the name together."""

    id: int
    code: str
    name: str
    family: str
    own_script_name: str
    own_script_language: str
    organisation: str
    economy: str
    sort_name: str

    @property
    def before(self) -> str:
        """The part of the name before the family name; the whole name where the family name is not known."""
        return self.name.partition(self.family)[0] if self._has_family else self.name

    @property
    def shown_family(self) -> str:
        """The family name as it stands in the name, or nothing."""
        return self.family if self._has_family else ""

    @property
    def after(self) -> str:
        """The part of the name after the family name."""
        return self.name.partition(self.family)[2] if self._has_family else ""

    @property
    def name_in_own_script(self) -> str:
        """The name as it is written at home, to stand beside the other one; nothing where that says the same words."""
        same = sorted(self.own_script_name.casefold().split()) == sorted(self.name.casefold().split())
        return "" if same else self.own_script_name

    @property
    def place(self) -> str:
        """Organisation and economy, as far as they are known."""
        return ", ".join(part for part in (self.organisation, self.economy) if part)

    @property
    def initials(self) -> str:
        """One or two letters for the round mark beside the name."""
        words = self.name.split()
        letters = [word[0] for word in (words[0], words[-1])] if len(words) > 1 else [self.name[:1]]
        return "".join(letters).upper()

    @property
    def _has_family(self) -> bool:
        return bool(self.family) and self.family in self.name


@dataclass(frozen=True, slots=True)
class Part:
    """What one person does in a session."""

    speaker: SpeakerFacts
    role: SpeakerRole


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """A session as lists and the grid show it; long texts are read when a page needs them.

    ``local`` and ``local_end`` are wall clock times at the venue.
    """

    id: int
    code: str
    title: str
    subtitle: str
    kind: SessionKind
    language: str
    track: TrackFacts | None
    room: RoomFacts | None
    slot_guid: str | None
    starts_at: datetime | None
    minutes: int
    day: date | None
    local: datetime | None
    local_end: datetime | None
    parts: tuple[Part, ...]
    level: SessionLevel | None = None
    interpretation: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of what can be heard there: what is spoken, then what it is interpreted into."""
        return tuple(dict.fromkeys(filter(None, (self.language, *self.interpretation))))

    @property
    def ends_at(self) -> datetime | None:
        """The first moment after it."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEventFacts:
    """A published side event as the programme shows it, with its free seats at the moment of reading."""

    id: int
    slug: str
    title: str
    room_name: str
    starts_at: datetime
    ends_at: datetime
    free: int
    host: str
    over: bool = False


@dataclass(frozen=True)
class Programme:
    """Everything but the long texts. ``sessions`` are in order of time, then room, then title."""

    sessions: tuple[SessionFacts, ...]
    rooms: tuple[RoomFacts, ...]
    tracks: tuple[TrackFacts, ...]
    speakers: tuple[SpeakerFacts, ...]
    by_code: dict[str, SessionFacts] = field(repr=False)
    by_speaker: dict[int, list[SessionFacts]] = field(repr=False)

    @property
    def scheduled(self) -> list[SessionFacts]:
        """The sessions that have a time."""
        return [session for session in self.sessions if session.starts_at is not None]


def load_programme(forum: Forum) -> Programme:
    """Read the programme of a forum."""
    rooms = {row.id: row for row in _rooms(forum)}
    tracks = {row.id: row for row in _tracks(forum)}
    speakers = {row.id: row for row in _speakers(forum)}
    sessions = tuple(sorted(_sessions(forum, rooms, tracks, _parts(forum, speakers)), key=_order(list(rooms))))
    return put_together(sessions, rooms.values(), tracks.values(), speakers.values())


def put_together(
    sessions: tuple[SessionFacts, ...],
    rooms: Iterable[RoomFacts],
    tracks: Iterable[TrackFacts],
    speakers: Iterable[SpeakerFacts],
) -> Programme:
    """Return the programme of these sessions, which are in its order, with the ways to find one."""
    by_speaker: dict[int, list[SessionFacts]] = defaultdict(list)
    for session in sessions:
        for speaker_id in {part.speaker.id for part in session.parts}:
            by_speaker[speaker_id].append(session)
    return Programme(
        sessions=sessions,
        rooms=tuple(rooms),
        tracks=tuple(tracks),
        speakers=tuple(speakers),
        by_code={session.code.casefold(): session for session in sessions},
        by_speaker=dict(by_speaker),
    )


def side_event_facts(forum: Forum, *, now: datetime) -> list[SideEventFacts]:
    """Read the published side events, with one query; their free seats change without the programme."""
    return [
        SideEventFacts(
            id=row.id,
            slug=row.slug,
            title=row.title,
            room_name=row.room_name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            free=row.capacity - row.taken,
            host=row.short_name or row.host_name,
            over=row.ends_at <= now,
        )
        for row in db.session.execute(_SIDE_EVENTS, {"forum_id": forum.id})
    ]


@dataclass(frozen=True)
class SessionTexts:
    """The long texts of one session, Markdown, and its links as (address, label); ``others`` in other languages."""

    abstract: str
    description: str
    links: list[tuple[str, str]]
    others: OtherTexts = field(default_factory=dict)


def session_texts(session_id: int) -> SessionTexts:
    """Read the long texts of one session."""
    statement = select(ForumSession.abstract, ForumSession.description, ForumSession.links)
    row = db.session.execute(statement.where(ForumSession.id == session_id)).one()
    links = [(link["url"], link["label"]) for link in row.links]
    return SessionTexts(row.abstract, row.description, links, other_texts_of(session_id))


def abstracts(forum: Forum) -> dict[int, str]:
    """Read the abstract of every session, by session id."""
    statement = select(ForumSession.id, ForumSession.abstract).where(ForumSession.forum_id == forum.id)
    return {row.id: row.abstract for row in db.session.execute(statement)}


def biography_of(speaker_id: int) -> str:
    """Read a speaker's biography, Markdown."""
    return db.session.scalars(select(Speaker.biography).where(Speaker.id == speaker_id)).one()


def _rooms(forum: Forum) -> list[RoomFacts]:
    statement = select(Room.id, Room.name, Room.seats, Room.notes).where(Room.forum_id == forum.id)
    return [RoomFacts(*row) for row in db.session.execute(statement.order_by(Room.position, Room.id))]


def _tracks(forum: Forum) -> list[TrackFacts]:
    statement = select(Track.id, Track.name, Track.slug, Track.colour).where(Track.forum_id == forum.id)
    return [TrackFacts(*row) for row in db.session.execute(statement.order_by(Track.position, Track.id))]


def _speakers(forum: Forum) -> list[SpeakerFacts]:
    statement = (
        select(
            Speaker.id,
            Speaker.code,
            Speaker.name,
            Speaker.family_name,
            Speaker.own_script_name,
            Speaker.own_script_language,
            Speaker.organisation,
            Economy.short_name,
            Speaker.sort_name,
        )
        .outerjoin(Economy, Economy.code == Speaker.economy_code)
        .where(Speaker.forum_id == forum.id)
        .order_by(Speaker.sort_name, Speaker.id)
    )
    return [SpeakerFacts(*row[:7], row[7] or "", row[8]) for row in db.session.execute(statement)]


def _parts(forum: Forum, speakers: dict[int, SpeakerFacts]) -> dict[int, list[Part]]:
    statement = (
        select(SessionSpeaker.session_id, SessionSpeaker.speaker_id, SessionSpeaker.role)
        .join(ForumSession, ForumSession.id == SessionSpeaker.session_id)
        .where(ForumSession.forum_id == forum.id)
        .order_by(SessionSpeaker.session_id, SessionSpeaker.position, SessionSpeaker.id)
    )
    parts: dict[int, list[Part]] = defaultdict(list)
    for session_id, speaker_id, role in db.session.execute(statement):
        parts[session_id].append(Part(speakers[speaker_id], role))
    return parts


def _sessions(
    forum: Forum, rooms: dict[int, RoomFacts], tracks: dict[int, TrackFacts], parts: dict[int, list[Part]]
) -> list[SessionFacts]:
    zone = ZoneInfo(forum.time_zone)
    statement = (
        select(
            ForumSession.id,
            ForumSession.code,
            ForumSession.title,
            ForumSession.subtitle,
            ForumSession.kind,
            ForumSession.language,
            ForumSession.level,
            ForumSession.interpretation,
            ForumSession.track_id,
            Slot.guid,
            Slot.room_id,
            Slot.starts_at,
            Slot.minutes,
        )
        .outerjoin(Slot, Slot.session_id == ForumSession.id)
        .where(ForumSession.forum_id == forum.id)
    )
    return [
        SessionFacts(
            id=row.id,
            code=row.code,
            title=row.title,
            subtitle=row.subtitle,
            kind=row.kind,
            language=row.language,
            level=row.level,
            interpretation=tuple(row.interpretation),
            track=tracks.get(row.track_id),
            room=rooms.get(row.room_id),
            slot_guid=row.guid,
            starts_at=row.starts_at,
            minutes=row.minutes or 0,
            day=conference_day(row.starts_at, zone) if row.starts_at else None,
            local=row.starts_at.astimezone(zone) if row.starts_at else None,
            local_end=(row.starts_at + timedelta(minutes=row.minutes)).astimezone(zone) if row.starts_at else None,
            parts=tuple(parts.get(row.id, ())),
        )
        for row in db.session.execute(statement)
    ]


def _order(room_ids: list[int]) -> Callable[[SessionFacts], tuple[bool, datetime, int, str]]:
    place = {room_id: index for index, room_id in enumerate(room_ids)}

    def key(session: SessionFacts) -> tuple[bool, datetime, int, str]:
        room = place[session.room.id] if session.room else -1
        return (session.starts_at is None, session.starts_at or datetime.min.replace(tzinfo=UTC), room, session.title)

    return key
