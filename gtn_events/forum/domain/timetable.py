"""Keeps a proposed timetable, takes of it what an organiser chooses, and puts it away."""

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, Slot, Timetable
from ..queries.programme_rows import rooms_of
from ..queries.timetable import Standing, proposed, task_of
from ..timetable import Proposal, Wishes
from .locking import lock_forum
from .programme import mark_programme_changed


def check_askable(forum: Forum, wishes: Wishes) -> None:
    """Refuse to look for a timetable where there is nothing to place, or no room.

    Raises:
        ProgrammeRefused: the text says which.
    """
    if not rooms_of(forum):
        raise ProgrammeRefused("Add the rooms first.")
    if not task_of(forum, wishes).sessions:
        raise ProgrammeRefused("Every session has a time already.")


def keep_timetable(
    forum: Forum, wishes: Wishes, proposal: Proposal, *, actor: Account | None, now: datetime
) -> Timetable:
    """Store a proposal in the place of the one before it.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    db.session.execute(delete(Timetable).where(Timetable.forum_id == forum.id))
    content = {
        "placements": [
            [each.session_id, each.room_id, each.starts_at.isoformat(), each.minutes] for each in proposal.placements
        ],
        "unplaced": [[each.session_id, each.rule.value, each.subject_id] for each in proposal.unplaced],
    }
    timetable = Timetable(
        forum_id=forum.id,
        wishes=wishes.to_json(),
        content=content,
        is_best=proposal.is_best,
        made_at=now,
        made_by_id=actor.id if actor else None,
    )
    db.session.add(timetable)
    db.session.flush()
    return timetable


def take_placements(
    forum: Forum, timetable: Timetable, session_ids: Collection[int], *, actor: Account, now: datetime
) -> tuple[int, int]:
    """Give sessions the times and rooms that were proposed, as if they were set one by one.

    What is no longer possible, since the programme changed meanwhile, is left as it is.

    Returns:
        How many were taken, and how many were not.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    found = proposed(forum, timetable, only=frozenset(session_ids))
    chosen = {each.placement.session_id: each.placement for each in found if each.standing is Standing.OPEN}
    for session in db.session.scalars(select(ForumSession).where(ForumSession.id.in_(chosen))):
        place = chosen[session.id]
        values = {"room_id": place.room_id, "starts_at": place.starts_at, "minutes": place.minutes}
        db.session.add(Slot(forum_id=forum.id, session_id=session.id, guid=str(uuid4()), **values))
        changes = {
            "starts": (None, place.starts_at.isoformat()),
            "minutes": (None, place.minutes),
            "room": (None, place.room_id),
        }
        record("session changed", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    if chosen:
        db.session.flush()
        mark_programme_changed(forum, now=now)
    return len(chosen), len(set(session_ids)) - len(chosen)


def discard_timetable(timetable: Timetable) -> None:
    """Put a proposal away; what was taken of it stays.

    Flushes; the caller commits.
    """
    db.session.delete(timetable)
    db.session.flush()
