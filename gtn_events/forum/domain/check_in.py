"""Lets delegates pass a checkpoint by its rule, and takes it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import CheckpointKind, Direction, Outcome
from ..errors import CheckInRefused
from ..models import CheckIn, Checkpoint, Forum, Registration
from ..queries.door import belonging, latest_pass, passes_of
from .door_rule import Standing, decide, slot_of

MAIN_DOOR = "main-door"


@dataclass(frozen=True)
class Scan:
    """The answer to one scan. ``check_in`` is the new or the last one, None when nobody passes."""

    outcome: Outcome
    registration: Registration
    check_in: CheckIn | None


def add_main_door(forum: Forum) -> Checkpoint:
    """Return the new forum's first checkpoint. Flushes."""
    checkpoint = Checkpoint(forum=forum, key=MAIN_DOOR, label="Main door", kind=CheckpointKind.MAIN_DOOR)
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint


def check_in(
    registration: Registration,
    checkpoint: Checkpoint,
    *,
    station: str,
    actor: Account,
    now: datetime,
    direction: Direction = Direction.IN,
) -> Scan:
    """Let a confirmed delegate pass, unless the checkpoint's rule says no.

    Args:
        registration: any registration of the checkpoint's forum.
        station: where it happens, as the staff call it.
        now: the moment of the scan; it may lie back when it waited for a connection.

    Returns:
        ``IN`` or ``OUT`` with the new check-in; ``ALREADY_IN`` or ``ALREADY_OUT`` with the last one,
        which stays as it is; ``CLOSED``, ``NOT_HERE`` or ``NOT_REGISTERED`` without one.

    Flushes; the caller commits. Two stations that scan the same ticket at one moment
    both come here; the partial unique index lets one of them write.
    """
    if checkpoint.closed_at is not None and now >= checkpoint.closed_at:
        return Scan(Outcome.CLOSED, registration, None)
    slot = slot_of(checkpoint.rule, now, checkpoint.forum.time_zone)
    belongs = registration.id in belonging(checkpoint, [registration])
    passes = passes_of(checkpoint, [registration]).get((registration.id, slot), 0)
    standing = Standing(state=registration.state, belongs=belongs, passes=passes)
    outcome = decide(checkpoint.rule, standing, direction)
    if not outcome.passes:
        last = latest_pass(checkpoint, registration, slot) if belongs and passes else None
        return Scan(outcome, registration, last if outcome in (Outcome.ALREADY_IN, Outcome.ALREADY_OUT) else None)
    new = CheckIn(
        checkpoint_id=checkpoint.id,
        registration_id=registration.id,
        slot_key=slot,
        pass_number=passes + 1,
        direction=Direction(outcome.value),
        at=now,
        by_id=actor.id,
        station=station,
    )
    try:
        with db.session.begin_nested():
            db.session.add(new)
    except IntegrityError:
        last = latest_pass(checkpoint, registration, slot)
        return Scan(Outcome.ALREADY_IN if outcome is Outcome.IN else Outcome.ALREADY_OUT, registration, last)
    changes = {"checkpoint": (None, checkpoint.label), "station": (None, station)}
    did = "checked in" if outcome is Outcome.IN else "checked out"
    record(did, registration, actor=actor, now=now, scope=registration.scope, changes=changes)
    return Scan(outcome, registration, new)


def undo_check_in(check: CheckIn, *, actor: Account, now: datetime) -> None:
    """Take a check-in back; the row is kept and does not count. Done twice, it changes nothing. Flushes.

    Raises:
        CheckInRefused: the person has passed again since, so that nobody can say any more who is inside.
    """
    if check.undone_at is not None:
        return
    later = select(func.count()).where(
        CheckIn.checkpoint_id == check.checkpoint_id,
        CheckIn.registration_id == check.registration_id,
        CheckIn.slot_key == check.slot_key,
        CheckIn.pass_number > check.pass_number,
        CheckIn.undone_at.is_(None),
    )
    registration = check.registration
    if db.session.scalar(later):
        raise CheckInRefused(f"{registration.delegate_name} has passed again since. Take the last pass back first.")
    check.undone_at = now
    check.undone_by_id = actor.id
    changes = {"checkpoint": (check.checkpoint.label, None)}
    record("check-in undone", registration, actor=actor, now=now, scope=registration.scope, changes=changes)
    db.session.flush()
