"""What stands on the badges of many people, read with few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import BookingState
from ..models import (
    Forum,
    ForumSession,
    Registration,
    Room,
    SessionSpeaker,
    SideEvent,
    SideEventBooking,
    Slot,
    Speaker,
)
from .registrations import BATCH

Engagement = tuple[datetime, str, str]
"""When it starts, its title, its room."""


def people_of_badges(ids: Sequence[int]) -> list[Registration]:
    """Return registrations with economy and category, in the order of the ids."""
    found: dict[int, Registration] = {}
    for part in _parts(ids):
        statement = (
            select(Registration)
            .where(Registration.id.in_(part))
            .options(joinedload(Registration.economy), joinedload(Registration.category))
        )
        found |= {each.id: each for each in db.session.scalars(statement)}
    return [found[each] for each in ids if each in found]


def engagements_of(forum: Forum, people: Sequence[Registration]) -> dict[int, list[Engagement]]:
    """Return what each person goes to or speaks at, by time; registration id to engagements."""
    found: dict[int, list[Engagement]] = defaultdict(list)
    for part in _parts([each.id for each in people]):
        booked = (
            select(SideEventBooking.registration_id, SideEvent.starts_at, SideEvent.title, SideEvent.room_name)
            .join(SideEvent, SideEvent.id == SideEventBooking.side_event_id)
            .where(SideEventBooking.registration_id.in_(part), SideEventBooking.state == BookingState.CONFIRMED)
        )
        for registration_id, starts_at, title, room in db.session.execute(booked):
            found[registration_id].append((starts_at, title, room))
    spoken = _spoken(forum)
    for each in people:
        found[each.id] = sorted({*found[each.id], *spoken.get(each.account_id, ())})
    return found


def _spoken(forum: Forum) -> dict[int, list[Engagement]]:
    statement = (
        select(Speaker.account_id, Slot.starts_at, ForumSession.title, Room.name)
        .join(SessionSpeaker, SessionSpeaker.speaker_id == Speaker.id)
        .join(ForumSession, ForumSession.id == SessionSpeaker.session_id)
        .join(Slot, Slot.session_id == ForumSession.id)
        .outerjoin(Room, Room.id == Slot.room_id)
        .where(Speaker.forum_id == forum.id)
    )
    found: dict[int, list[Engagement]] = defaultdict(list)
    for account_id, starts_at, title, room in db.session.execute(statement):
        if account_id is not None:
            found[account_id].append((starts_at, title, room or ""))
    return found


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
