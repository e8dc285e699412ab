"""Brings a read schedule into a forum: adds, updates in place, removes what the same source no longer has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import fold

from ...conference_day import conference_day
from ...enums import SpeakerRole
from ...models import Forum, ForumSession, Room, SessionSpeaker, Slot, Speaker, Track
from ...programme_guids import speaker_guid
from ...queries.speaker_pages import photos_of
from ..programme import TRACK_COLOURS, mark_programme_changed
from ..session_materials import forget_materials
from ..session_places import forget_places, signed_up_for
from ..slugs import free_slug, slug_of
from ..speakers import forget_photo
from .schedule import Finding, Schedule, ScheduledPerson, ScheduledSession

# What files of our own do not say of a session that is here already.
NOT_OURS = frozenset({"source", "source_id", "type_label"})


@dataclass
class ImportReport:
    """What an import did, and one finding for each thing that was mended, skipped or worth knowing."""

    sessions: int = 0
    persons: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    speakers_added: int = 0
    speakers_changed: int = 0
    speakers_removed: int = 0
    rooms_added: int = 0
    rooms_changed: int = 0
    tracks_added: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many records were added, changed or removed; 0 when the file brought nothing new."""
        return (
            self.added
            + self.changed
            + self.removed
            + self.speakers_added
            + self.speakers_changed
            + self.speakers_removed
            + self.rooms_added
            + self.rooms_changed
            + self.tracks_added
        )


def apply_schedule(forum: Forum, schedule: Schedule, *, actor: Account | None, now: datetime) -> ImportReport:
    """Make the forum's programme say what the file says.

    A session is known by its guid, a person by the file's key, rooms and tracks by name.
    What an organiser added by hand stays; sessions of the same source that the file no
    longer has are removed. The same file twice changes nothing.

    Args:
        actor: who imports; None for the command line.

    Flushes; the caller commits.
    """
    report = _Import(forum, schedule, now).run()
    if report.changes:
        mark_programme_changed(forum, now=now)
        changes = {name: (None, getattr(report, name)) for name in ("added", "changed", "removed")}
        record("programme imported", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
        db.session.flush()
    return report


class _Import:
    def __init__(self, forum: Forum, schedule: Schedule, now: datetime) -> None:
        self.forum = forum
        self.now = now
        self.schedule = schedule
        self.report = ImportReport(
            sessions=len(schedule.sessions), persons=len(schedule.persons), findings=list(schedule.findings)
        )

    def run(self) -> ImportReport:
        with db.session.no_autoflush:
            self.rooms = self.place_rooms()
            self.tracks = self.place_tracks()
            existing = self.load_sessions()
            self.speakers = self.place_speakers()
            db.session.flush()
            self.place_sessions(existing)
            self.remove_vanished(existing)
            db.session.flush()
            self.remove_idle_speakers()
            db.session.flush()
        return self.report

    def note(self, where: str, text: str) -> None:
        self.report.findings.append(Finding(where, text))

    def place_rooms(self) -> dict[str, Room]:
        rooms = {room.name: room for room in self._all(Room)}
        for position, scheduled in enumerate(self.schedule.rooms, start=1):
            room = rooms.get(scheduled.name)
            if room is None:
                rooms[scheduled.name] = Room(
                    forum_id=self.forum.id, name=scheduled.name, seats=scheduled.seats, position=position
                )
                db.session.add(rooms[scheduled.name])
                self.report.rooms_added += 1
                self.note("", f"room {scheduled.name} was added")
            elif scheduled.seats is not None and room.seats != scheduled.seats:
                room.seats = scheduled.seats
                self.report.rooms_changed += 1
        return rooms

    def place_tracks(self) -> dict[str, Track]:
        tracks = {track.name: track for track in self._all(Track)}
        slugs = {track.slug for track in tracks.values()}
        for scheduled in self.schedule.tracks:
            if scheduled.name in tracks:
                continue
            position = len(tracks) + 1
            track = Track(
                forum_id=self.forum.id,
                name=scheduled.name,
                slug=free_slug(scheduled.slug or "track", slugs),
                colour=(position - 1) % TRACK_COLOURS + 1,
                position=position,
            )
            slugs.add(track.slug)
            db.session.add(track)
            tracks[track.name] = track
            self.report.tracks_added += 1
            self.note("", f"track {track.name} was added")
        return tracks

    def load_sessions(self) -> dict[str, ForumSession]:
        statement = (
            select(ForumSession)
            .where(ForumSession.forum_id == self.forum.id)
            .options(selectinload(ForumSession.slot), selectinload(ForumSession.speaker_links))
        )
        sessions = db.session.scalars(statement).all()
        self.by_slot = {each.slot.guid: each for each in sessions if each.slot is not None}
        return {session.guid: session for session in sessions}

    def place_speakers(self) -> dict[str, Speaker]:
        speakers = self._all(Speaker)
        known = {speaker.source_id: speaker for speaker in speakers if speaker.source_id}
        ours = {speaker_guid(self.forum, speaker.code): speaker for speaker in speakers}
        codes = {speaker.code for speaker in speakers}
        placed: dict[str, Speaker] = {}
        for key, person in self.schedule.persons.items():
            source_id = f"{self.schedule.source}/{key}"[:80]
            speaker = known.get(source_id) or ours.get(key)
            if speaker is None:
                code = free_slug(slug_of(person.name)[:32].strip("-") or "speaker", codes)
                codes.add(code)
                speaker = Speaker(forum_id=self.forum.id, code=code, source_id=source_id, **_person_values(person))
                db.session.add(speaker)
                self.report.speakers_added += 1
            elif _update(speaker, self.changed_person(speaker, person)):
                self.report.speakers_changed += 1
            placed[key] = speaker
        return placed

    def place_sessions(self, existing: dict[str, ForumSession]) -> None:
        codes = {session.code for session in existing.values()}
        for scheduled in self.schedule.sessions:
            session = self.find(existing, scheduled)
            if session is None:
                self.add_session(scheduled, codes)
                self.report.added += 1
            elif self.change_session(session, scheduled):
                self.report.changed += 1
            self.check_day(scheduled)

    def find(self, existing: dict[str, ForumSession], scheduled: ScheduledSession) -> ForumSession | None:
        """Return the session of the file that is here already: files of our own know it by its slot."""
        return existing.get(scheduled.guid) or self.by_slot.get(scheduled.guid)

    def changed_person(self, speaker: Speaker, person: ScheduledPerson) -> dict[str, Any]:
        """Return what a file changes of a person: our own files say no more of some than the name."""
        values = _person_values(person)
        if not self.schedule.is_ours:
            return values
        kept = {"biography"} if not person.biography else set()
        kept |= {"sort_name"} if speaker.name == person.name else set()
        return {name: value for name, value in values.items() if name not in kept}

    def add_session(self, scheduled: ScheduledSession, codes: set[str]) -> None:
        code = scheduled.code if scheduled.code not in codes else scheduled.guid[:18]
        codes.add(code)
        session = ForumSession(forum_id=self.forum.id, guid=scheduled.guid, code=code, **self.values(scheduled))
        session.slot = self.new_slot(scheduled)
        session.speaker_links = self.new_links(scheduled)
        db.session.add(session)

    def change_session(self, session: ForumSession, scheduled: ScheduledSession) -> bool:
        values = self.values(scheduled)
        if session.guid != scheduled.guid:  # of a file of our own, which says nothing of where it came from
            values = {name: value for name, value in values.items() if name not in NOT_OURS}
        elif session.source != self.schedule.source:
            self.note(scheduled.label, "was in the programme already and now follows this file")
        changed = _update(session, values)
        changed = self.change_slot(session, scheduled) or changed
        return self.change_links(session, scheduled) or changed

    def change_links(self, session: ForumSession, scheduled: ScheduledSession) -> bool:
        """Let those appear in a session whom the file names; who has no role there keeps the roles of before."""
        before: list[tuple[int, SpeakerRole | None]] = [(link.speaker_id, link.role) for link in session.speaker_links]
        named = [(self.speakers[each.person_key].id, each.role) for each in scheduled.appearances]
        if all(role is None for _id, role in named):
            if list(dict.fromkeys(each for each, _role in before)) == [each for each, _role in named]:
                return False
        elif _by_person(before) == _by_person(named):
            return False
        roles = {link.speaker_id: link.role for link in reversed(session.speaker_links)}
        session.speaker_links.clear()
        db.session.flush()  # the old rows must be gone before the new ones: they may be equal
        session.speaker_links = self.new_links(scheduled, roles)
        return True

    def change_slot(self, session: ForumSession, scheduled: ScheduledSession) -> bool:
        """Move the slot in place, so that its guid (the UID in calendars) stays."""
        slot = session.slot
        if slot is None or scheduled.starts_at is None:
            session.slot = self.new_slot(scheduled)
            return slot is not None or session.slot is not None
        return _update(slot, self.slot_values(scheduled))

    def new_slot(self, scheduled: ScheduledSession) -> Slot | None:
        if scheduled.starts_at is None:
            return None
        guid = str(uuid5(NAMESPACE_URL, f"gtn-events/slot/{self.forum.id}/{scheduled.guid}"))
        return Slot(forum_id=self.forum.id, guid=guid, **self.slot_values(scheduled))

    def slot_values(self, scheduled: ScheduledSession) -> dict[str, Any]:
        room = self.rooms[scheduled.room].id if scheduled.room else None
        return {"room_id": room, "starts_at": scheduled.starts_at, "minutes": scheduled.minutes}

    def new_links(
        self, scheduled: ScheduledSession, roles: Mapping[int, SpeakerRole] | None = None
    ) -> list[SessionSpeaker]:
        """Return who appears; ``roles`` are those of before, for whom the file says none."""
        links = []
        for position, each in enumerate(scheduled.appearances):
            speaker = self.speakers[each.person_key]
            role = each.role or (roles or {}).get(speaker.id, SpeakerRole.SPEAKER)
            links.append(SessionSpeaker(speaker_id=speaker.id, role=role, position=position))
        return links

    def values(self, scheduled: ScheduledSession) -> dict[str, Any]:
        return {
            "source": self.schedule.source,
            "source_id": scheduled.source_id,
            "kind": scheduled.kind,
            "type_label": scheduled.type_label,
            "title": scheduled.title,
            "subtitle": scheduled.subtitle,
            "abstract": scheduled.abstract,
            "description": scheduled.description,
            "language": scheduled.language,
            "track_id": self.tracks[scheduled.track].id if scheduled.track else None,
            "links": [{"url": url, "label": label} for url, label in scheduled.links],
        }

    def check_day(self, scheduled: ScheduledSession) -> None:
        if scheduled.starts_at is None:
            return
        day = conference_day(scheduled.starts_at, self.forum.zone)
        if not self.forum.starts_on <= day <= self.forum.ends_on:
            self.note(scheduled.label, f"is on {day}, outside the forum's days; imported all the same")

    def remove_vanished(self, existing: dict[str, ForumSession]) -> None:
        wanted = {scheduled.guid for scheduled in self.schedule.sessions}
        gone = [
            session
            for guid, session in existing.items()
            if guid not in wanted
            and not self.is_no_matter_of_the_file(session, wanted)
            and session.source == self.schedule.source
        ]
        kept = signed_up_for([session.id for session in gone])
        forget_materials([session.id for session in gone if session.id not in kept], now=self.now)
        for session in gone:
            if session.id in kept:
                self.note(f"Session “{session.title}”", "is no longer in the file; kept, people have signed up for it")
            else:
                forget_places(session)
                self.note(f"Session {session.source_id} “{session.title}”", "is no longer in the file; removed")
                db.session.delete(session)
                self.report.removed += 1

    def is_no_matter_of_the_file(self, session: ForumSession, wanted: set[str]) -> bool:
        """Say whether a file of our own names the session by its slot, or cannot since it has no time."""
        return self.schedule.is_ours and (session.slot is None or session.slot.guid in wanted)

    def remove_idle_speakers(self) -> None:
        """Remove persons of this source who no longer appear, unless an account belongs to them.

        Our own files never list who appears nowhere, so they cannot miss anybody.
        """
        if self.schedule.is_ours:
            return
        statement = select(Speaker).where(
            Speaker.forum_id == self.forum.id,
            Speaker.source_id.startswith(f"{self.schedule.source}/", autoescape=True),
            Speaker.account_id.is_(None),
            ~Speaker.session_links.any(),
        )
        idle = db.session.scalars(statement).all()
        for photo in photos_of([each.id for each in idle]).values():
            forget_photo(photo, now=self.now)
        for speaker in idle:
            self.note("", f"{speaker.name} speaks in no session any more; removed")
            db.session.delete(speaker)
            self.report.speakers_removed += 1

    def _all(self, model: type[Any]) -> Sequence[Any]:  # Any: rows of one of four tables
        return db.session.scalars(select(model).where(model.forum_id == self.forum.id).order_by(model.id)).all()


def _by_person(parts: list[tuple[int, SpeakerRole | None]]) -> list[tuple[int, SpeakerRole | None]]:
    """Return who appears as what, all roles of one person together."""
    order = list(dict.fromkeys(person for person, _role in parts))
    return sorted(parts, key=lambda part: order.index(part[0]))


def _person_values(person: ScheduledPerson) -> dict[str, Any]:
    return {"name": person.name, "biography": person.biography, "sort_name": fold(person.name)[:220]}


def _update(row: Any, values: dict[str, Any]) -> bool:  # Any: a row of any table
    """Set the values that differ; say whether there were any."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
