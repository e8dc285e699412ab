"""What is wrong with the times and places of a forum's programme, read with a few queries whatever its size."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..conflict_facts import facts_of
from ..conflicts import USUAL_TREATMENT, Conflict, Period, Planned, Surroundings, conflicts_among
from ..enums import ConflictKind, SessionKind, Treatment
from ..models import (
    AcceptedWarning,
    ConflictRule,
    Forum,
    ForumSession,
    OpeningHours,
    Room,
    SessionSpeaker,
    SideEvent,
    Slot,
    Speaker,
    TimeAway,
)


@dataclass(frozen=True)
class ProgrammeConflicts:
    """The conflicts that somebody asks about. ``blocking`` stand in the way of a release, ``warnings`` do not.

    ``accepted`` are warnings that somebody accepted; ``facts`` is what each conflict rests on.
    """

    blocking: tuple[Conflict, ...]
    warnings: tuple[Conflict, ...]
    accepted: tuple[Conflict, ...] = ()
    facts: Mapping[Conflict, str] = field(default_factory=dict)

    def kinds_by_session(self) -> dict[int, list[ConflictKind]]:
        """Return the kinds of conflict of each session by its id, grave ones first; a pair counts for both."""
        found: dict[int, dict[ConflictKind, None]] = defaultdict(dict)
        for conflict in (*self.blocking, *self.warnings):
            for session_id in (conflict.session_id, conflict.other_id):
                if session_id is not None:
                    found[session_id][conflict.kind] = None
        return {session_id: list(kinds) for session_id, kinds in found.items()}


def conflicts_of(forum: Forum) -> ProgrammeConflicts:
    """Return the conflicts of the working programme, without those that the forum ignores."""
    return sort_conflicts(forum, planned_sessions(forum), surroundings_of(forum))


def sort_conflicts(forum: Forum, sessions: list[Planned], around: Surroundings) -> ProgrammeConflicts:
    """Return the conflicts of sessions that are planned, or that somebody thinks of planning."""
    treatments = treatments_of(forum)
    found: dict[Treatment, list[Conflict]] = {treatment: [] for treatment in Treatment}
    for conflict in conflicts_among(sessions, around):
        found[treatments[conflict.kind]].append(conflict)
    by_id = {each.id: each for each in sessions}
    facts = {each: facts_of(each, by_id, around) for each in found[Treatment.WARN]}
    accepted = accepted_facts(forum) if facts else set()
    return ProgrammeConflicts(
        blocking=tuple(found[Treatment.BLOCK]),
        warnings=tuple(each for each in found[Treatment.WARN] if facts[each] not in accepted),
        accepted=tuple(each for each in found[Treatment.WARN] if facts[each] in accepted),
        facts=facts,
    )


def sessions_without_room(forum: Forum) -> int:
    """Return how many sessions have a time and no room; breaks need none."""
    statement = select(func.count()).select_from(Slot).join(ForumSession, ForumSession.id == Slot.session_id)
    theirs = (Slot.forum_id == forum.id, Slot.room_id.is_(None), ForumSession.kind != SessionKind.BREAK)
    return db.session.scalar(statement.where(*theirs)) or 0


def accepted_facts(forum: Forum) -> set[str]:
    """Return what the accepted warnings of a forum say, those too that hold no longer."""
    return set(db.session.scalars(select(AcceptedWarning.facts).where(AcceptedWarning.forum_id == forum.id)))


def accepted_warnings(forum: Forum) -> dict[str, AcceptedWarning]:
    """Return the accepted warnings of a forum with who accepted them, by what they say."""
    statement = select(AcceptedWarning).where(AcceptedWarning.forum_id == forum.id)
    rows = db.session.scalars(statement.options(joinedload(AcceptedWarning.accepted_by)))
    return {each.facts: each for each in rows}


def treatments_of(forum: Forum) -> dict[ConflictKind, Treatment]:
    """Return what each kind of conflict does at a forum."""
    statement = select(ConflictRule.kind, ConflictRule.treatment).where(ConflictRule.forum_id == forum.id)
    return {**USUAL_TREATMENT, **{row.kind: row.treatment for row in db.session.execute(statement)}}


def planned_sessions(forum: Forum) -> list[Planned]:
    """Return the sessions that have a time, with their people; two queries."""
    people: dict[int, set[int]] = defaultdict(set)
    for session_id, speaker_id in db.session.execute(_people(forum)):
        people[session_id].add(speaker_id)
    return [
        Planned(
            id=row.id,
            starts_at=row.starts_at,
            ends_at=row.starts_at + timedelta(minutes=row.minutes),
            room_id=row.room_id,
            people=frozenset(people.get(row.id, ())),
            expected=row.expected,
            is_plenary=row.kind is SessionKind.PLENARY,
        )
        for row in db.session.execute(_places(forum))
    ]


def surroundings_of(forum: Forum) -> Surroundings:
    """Return what the sessions of a forum are held against; four queries."""
    return Surroundings(
        zone=forum.zone,
        first_day=forum.starts_on,
        last_day=forum.ends_on,
        seats=_seats(forum),
        hours={each.day: (each.opens, each.closes) for each in opening_hours(forum)},
        side_events=_side_events(forum),
        away=_away(forum),
    )


def opening_hours(forum: Forum) -> list[OpeningHours]:
    """Return the opening hours of the days that have any, in order."""
    return list(
        db.session.scalars(select(OpeningHours).where(OpeningHours.forum_id == forum.id).order_by(OpeningHours.day))
    )


def times_away(*, room: Room | None = None, speaker: Speaker | None = None) -> list[TimeAway]:
    """Return when a room is closed or a speaker cannot come, in order."""
    statement = select(TimeAway).order_by(TimeAway.starts_at, TimeAway.id)
    if room is not None:
        return list(db.session.scalars(statement.where(TimeAway.room_id == room.id)))
    return list(db.session.scalars(statement.where(TimeAway.speaker_id == (speaker.id if speaker else None))))


def rooms_closed(forum: Forum) -> list[TimeAway]:
    """Return when rooms of a forum are closed, in order."""
    statement = select(TimeAway).where(TimeAway.forum_id == forum.id, TimeAway.room_id.is_not(None))
    return list(db.session.scalars(statement.order_by(TimeAway.starts_at, TimeAway.id)))


def expected_people(forum: Forum) -> dict[int, int]:
    """Return how many people are expected where somebody said so, by session id."""
    statement = select(ForumSession.id, ForumSession.expected)
    rows = db.session.execute(statement.where(ForumSession.forum_id == forum.id, ForumSession.expected.is_not(None)))
    return {session_id: expected for session_id, expected in rows if expected is not None}


def _people(forum: Forum) -> Select[int, int]:
    return (
        select(SessionSpeaker.session_id, SessionSpeaker.speaker_id)
        .join(Slot, Slot.session_id == SessionSpeaker.session_id)
        .where(Slot.forum_id == forum.id)
    )


def _places(forum: Forum) -> Select:  # type: ignore[type-arg]  # six columns of two tables
    return (
        select(ForumSession.id, ForumSession.kind, ForumSession.expected, Slot.room_id, Slot.starts_at, Slot.minutes)
        .join(Slot, Slot.session_id == ForumSession.id)
        .where(Slot.forum_id == forum.id)
    )


def _seats(forum: Forum) -> dict[int, int]:
    statement = select(Room.id, Room.seats).where(Room.forum_id == forum.id, Room.seats.is_not(None))
    return {room_id: seats for room_id, seats in db.session.execute(statement) if seats is not None}


def _side_events(forum: Forum) -> list[Period]:
    statement = select(SideEvent.id, SideEvent.starts_at, SideEvent.ends_at)
    rows = db.session.execute(statement.where(SideEvent.forum_id == forum.id, SideEvent.published))
    return [Period(*row) for row in rows]


def _away(forum: Forum) -> list[Period]:
    statement = select(TimeAway.id, TimeAway.starts_at, TimeAway.ends_at, TimeAway.room_id, TimeAway.speaker_id)
    return [Period(*row) for row in db.session.execute(statement.where(TimeAway.forum_id == forum.id))]
