"""Checkpoints of the two forums, and who passed those of the first one, with one person let in twice."""

from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.domain.door_scans import SentScan, receive_scans
from gtn_events.forum.enums import BookingState, CheckpointKind, CheckpointRule, Direction, Outcome
from gtn_events.forum.models import Checkpoint, Forum, Registration, SideEvent, SideEventBooking
from gtn_events.forum.queries.attendance import attended_registrations

HALL_OPENS = datetime.fromisoformat("2013-06-05T02:05:00+00:00")
DEVICES = ("7c1f4a52-0d6e-4b1c-9a43-5f2b8e6d0a11", "e2b90c37-81af-4d55-b6c8-1a9f3c7d2e22")


def add_checkpoints(forum: Forum, organiser: Account, *, now: datetime) -> list[Checkpoint]:
    """Give a forum a hall that counts in and out, a door of its first side event, a dinner and a bus. Flushes."""
    first = db.session.scalars(
        select(SideEvent).where(SideEvent.forum_id == forum.id).order_by(SideEvent.starts_at).limit(1)
    ).one()
    planned = (
        ("Exhibition hall", CheckpointKind.OTHER, CheckpointRule.IN_AND_OUT, None, ()),
        (first.title[:80], CheckpointKind.SIDE_EVENT, CheckpointRule.ONCE, first, ()),
        ("Dinner", CheckpointKind.DINNER, CheckpointRule.ONCE, None, ("delegate", "sme-exhibitor", "speaker")),
        ("Bus to the hotels", CheckpointKind.BUS, CheckpointRule.DAILY, None, ()),
    )
    made = []
    for label, kind, rule, side_event, keys in planned:
        details = CheckpointDetails(
            label=label, kind=kind, rule=rule, side_event=side_event, category_keys=keys, counts=False
        )
        made.append(add_checkpoint(forum, details, actor=organiser, now=now))
    return made


def visit_the_hall(forum: Forum, hall: Checkpoint, door: Account) -> None:
    """Let those who came into the hall; some leave, and two devices without a connection let one in twice. Flushes."""
    people = list(attended_registrations(forum))[:18]
    sent = [
        _sent(number, person, minutes=number * 2, device=DEVICES[number % 2]) for number, person in enumerate(people)
    ]
    sent += [
        _sent(100 + number, person, minutes=60 + number, device=DEVICES[0], way=Direction.OUT)
        for number, person in enumerate(people[:5])
    ]
    sent.append(_sent(200, people[7], minutes=16, device=DEVICES[0]))
    receive_scans(hall, sent, actor=door, now=HALL_OPENS + timedelta(hours=3))


def visit_side_event(door_of_it: Checkpoint, door: Account) -> None:
    """Let most of those with a place come in by the side event's own door, as it begins. Flushes."""
    side_event = door_of_it.side_event
    if side_event is None:
        return
    held = select(Registration).join(SideEventBooking, SideEventBooking.registration_id == Registration.id)
    mine = SideEventBooking.side_event_id == side_event.id, SideEventBooking.state == BookingState.CONFIRMED
    people = db.session.scalars(held.where(*mine).order_by(Registration.id)).all()
    before = int((side_event.starts_at - HALL_OPENS).total_seconds()) // 60
    sent = [
        _sent(300 + number, person, minutes=before + number, device=DEVICES[0])
        for number, person in enumerate(people[:-2])
    ]
    receive_scans(door_of_it, sent, actor=door, now=side_event.ends_at)


def _sent(number: int, person: Registration, *, minutes: int, device: str, way: Direction = Direction.IN) -> SentScan:
    return SentScan(
        nonce=f"00000000-0000-4000-8000-{person.forum_id:06d}{number:06d}",
        code=person.reference,
        at=HALL_OPENS + timedelta(minutes=minutes),
        direction=way,
        shown=Outcome(way.value),
        device=device,
        station="Hall, left" if device == DEVICES[0] else "Hall, right",
    )
