"""What a timetable is proposed for, what was proposed, and what of it still holds."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select

from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState

from ..enums import SessionKind
from ..models import Forum, ForumSession, SessionSpeaker, Slot, Timetable
from ..timetable import Board, Placement, Rule, Settled, Task, ToPlace, Unplaced, Wishes
from .programme_conflicts import planned_sessions, surroundings_of
from .programme_rows import rooms_of
from .session_calls import wished_minutes

TIMETABLE_JOB = "forum.timetable"
FOR_ALL = frozenset({SessionKind.PLENARY, SessionKind.BREAK})


class Standing(StrEnum):
    """What became of a placement: it can be taken, it was, the session got another time, or something is in the way."""

    OPEN = "open"
    TAKEN = "taken"
    MOVED = "moved"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Proposed:
    """A placement, where it stands, and the rule that it would break by now with the speaker or track it is about."""

    placement: Placement
    standing: Standing
    rule: Rule | None = None
    subject_id: int | None = None


def task_of(forum: Forum, wishes: Wishes) -> Task:
    """Return what a timetable is made from; a break without a time is no part of it."""
    tracks, kinds = _tracks_and_kinds(forum)
    settled = [Settled(each, tracks[each.id], is_for_all=kinds[each.id] in FOR_ALL) for each in planned_sessions(forum)]
    return Task(
        sessions=_without_time(forum, wishes),
        settled=settled,
        rooms=[room.id for room in rooms_of(forum)],
        around=surroundings_of(forum),
        apart=frozenset(wishes.apart),
        step=wishes.step,
        earliest=wishes.earliest,
        latest=wishes.latest,
    )


def timetable_of(forum: Forum) -> Timetable | None:
    """Return what was proposed last."""
    return db.session.scalar(select(Timetable).where(Timetable.forum_id == forum.id))


def running_timetable(forum: Forum) -> Job | None:
    """Return the job that makes a proposal at this moment."""
    states = (JobState.QUEUED, JobState.RUNNING)
    statement = select(Job).where(Job.kind == TIMETABLE_JOB, Job.state.in_(states), Job.scope_id == forum.id)
    return db.session.scalar(statement.order_by(Job.id.desc()).limit(1))


def proposed(forum: Forum, timetable: Timetable, only: Collection[int] | None = None) -> list[Proposed]:
    """Return the placements in the order of time, held against the programme as it is now and one another.

    A session that is gone is left out. ``only`` are the ids of the sessions that are asked about.
    """
    board = Board(task_of(forum, Wishes.from_json(timetable.wishes)))
    waiting = {each.id: each for each in board.task.sessions}
    slots = {row.session_id: row for row in db.session.execute(_slots(forum))}
    found = []
    for placement in placements_of(timetable):
        slot = slots.get(placement.session_id)
        if only is not None and placement.session_id not in only:
            continue
        if slot is not None:
            same = (slot.room_id, slot.starts_at) == (placement.room_id, placement.starts_at)
            found.append(Proposed(placement, Standing.TAKEN if same else Standing.MOVED))
        elif placement.session_id in waiting:
            found.append(_held_against(board, waiting[placement.session_id], placement))
    return found


def placements_of(timetable: Timetable) -> list[Placement]:
    """Return the placements as they were proposed."""
    rows = timetable.content["placements"]
    return [Placement(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]


def unplaced_of(timetable: Timetable) -> list[Unplaced]:
    """Return what found no place when the proposal was made."""
    return [Unplaced(row[0], Rule(row[1]), row[2]) for row in timetable.content["unplaced"]]


def _held_against(board: Board, session: ToPlace, placement: Placement) -> Proposed:
    place = board.place(session, placement.room_id, placement.starts_at)
    if place is None:
        return Proposed(placement, Standing.BLOCKED, Rule.LENGTH)
    broken = board.broken(session, place)
    if broken:
        rule, subject_id = next(iter(broken.items()))
        return Proposed(placement, Standing.BLOCKED, rule, subject_id)
    board.take(session, place)
    return Proposed(placement, Standing.OPEN)


def _tracks_and_kinds(forum: Forum) -> tuple[dict[int, int | None], dict[int, SessionKind]]:
    statement = select(ForumSession.id, ForumSession.track_id, ForumSession.kind)
    rows = db.session.execute(statement.where(ForumSession.forum_id == forum.id)).all()
    return {row.id: row.track_id for row in rows}, {row.id: row.kind for row in rows}


def _without_time(forum: Forum, wishes: Wishes) -> list[ToPlace]:
    waiting = (
        select(ForumSession.id, ForumSession.kind, ForumSession.expected, ForumSession.track_id)
        .outerjoin(Slot, Slot.session_id == ForumSession.id)
        .where(ForumSession.forum_id == forum.id, ForumSession.kind != SessionKind.BREAK, Slot.id.is_(None))
        .order_by(ForumSession.id)
    )
    links = select(SessionSpeaker.session_id, SessionSpeaker.speaker_id).join(SessionSpeaker.session)
    people: dict[int, set[int]] = defaultdict(set)
    for session_id, speaker_id in db.session.execute(links.where(ForumSession.forum_id == forum.id)):
        people[session_id].add(speaker_id)
    wished = wished_minutes(forum)
    usual = {SessionKind.PLENARY: wishes.plenary_minutes}
    return [
        ToPlace(
            id=row.id,
            minutes=wished.get(row.id) or usual.get(row.kind, wishes.minutes),
            people=frozenset(people.get(row.id, ())),
            expected=row.expected,
            is_plenary=row.kind is SessionKind.PLENARY,
            track_id=row.track_id,
        )
        for row in db.session.execute(waiting)
    ]


def _slots(forum: Forum) -> Select:  # type: ignore[type-arg]  # three columns
    return select(Slot.session_id, Slot.room_id, Slot.starts_at).where(Slot.forum_id == forum.id)
