"""What is odd about the times of a programme: a room that is taken twice, a day that is none of the forum."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from gtn_events.core.db import db

from ..models import Forum, Slot


class Fault(StrEnum):
    """Why a session needs a look; it can stay as it is."""

    CLASH = "clash"
    OUTSIDE = "outside"


def faults_of(forum: Forum) -> dict[int, set[Fault]]:
    """Return the sessions that need a look, by their ids; one query."""
    statement = select(Slot).where(Slot.forum_id == forum.id).order_by(Slot.room_id, Slot.starts_at, Slot.id)
    faults: dict[int, set[Fault]] = {}
    latest: Slot | None = None
    for slot in db.session.scalars(statement):
        if is_outside(forum, slot.starts_at):
            faults.setdefault(slot.session_id, set()).add(Fault.OUTSIDE)
        same_room = latest is not None and slot.room_id is not None and latest.room_id == slot.room_id
        if same_room and latest is not None and slot.starts_at < latest.ends_at:
            for each in (latest, slot):
                faults.setdefault(each.session_id, set()).add(Fault.CLASH)
        if not same_room or latest is None or slot.ends_at > latest.ends_at:
            latest = slot
    return faults


def count_outside(forum: Forum) -> int:
    """Return how many sessions begin on a day that is none of the forum."""
    return sum(Fault.OUTSIDE in each for each in faults_of(forum).values())


def is_outside(forum: Forum, starts_at: datetime) -> bool:
    """Say whether a moment lies on a day of the venue that is none of the forum."""
    return not forum.starts_on <= starts_at.astimezone(forum.zone).date() <= forum.ends_on
