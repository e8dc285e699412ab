"""Lets delegates in at a checkpoint, once, and takes it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import RegistrationState
from ..models import CheckIn, Checkpoint, Forum, Registration

MAIN_DOOR = "main-door"


class Outcome(StrEnum):
    """What the person at the door sees; each has its own shape, colour and word."""

    IN = "in"
    ALREADY_IN = "already-in"
    NOT_REGISTERED = "not-registered"


@dataclass(frozen=True)
class Scan:
    """The answer to one scan. ``check_in`` is the new or the first one, None when nobody goes in."""

    outcome: Outcome
    registration: Registration
    check_in: CheckIn | None


def add_main_door(forum: Forum) -> Checkpoint:
    """Return the new forum's first checkpoint. Flushes."""
    checkpoint = Checkpoint(forum=forum, key=MAIN_DOOR, label="Main door")
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint


def check_in(
    registration: Registration, checkpoint: Checkpoint, *, station: str, actor: Account, now: datetime
) -> Scan:
    """Let a confirmed delegate in, unless they are in already.

    Args:
        registration: any registration of the checkpoint's forum.
        station: where it happens, as the staff call it.

    Returns:
        ``IN`` with the new check-in; ``ALREADY_IN`` with the first one, which stays as it
        is; ``NOT_REGISTERED`` when the registration is not confirmed.

    Flushes; the caller commits. Two stations that scan the same ticket at one moment
    both come here; the partial unique index lets one of them write.
    """
    if registration.state is not RegistrationState.CONFIRMED:
        return Scan(Outcome.NOT_REGISTERED, registration, None)
    first = live_check_in(registration, checkpoint)
    if first is not None:
        return Scan(Outcome.ALREADY_IN, registration, first)
    new = CheckIn(checkpoint_id=checkpoint.id, registration_id=registration.id, at=now, by_id=actor.id, station=station)
    try:
        with db.session.begin_nested():
            db.session.add(new)
    except IntegrityError:
        return Scan(Outcome.ALREADY_IN, registration, live_check_in(registration, checkpoint))
    changes = {"checkpoint": (None, checkpoint.label), "station": (None, station)}
    record("checked in", registration, actor=actor, now=now, scope=registration.scope, changes=changes)
    return Scan(Outcome.IN, registration, new)


def undo_check_in(check: CheckIn, *, actor: Account, now: datetime) -> None:
    """Take a check-in back; the row is kept and does not count. Done twice, it changes nothing. Flushes."""
    if check.undone_at is not None:
        return
    check.undone_at = now
    check.undone_by_id = actor.id
    registration = check.registration
    changes = {"checkpoint": (check.checkpoint.label, None)}
    record("check-in undone", registration, actor=actor, now=now, scope=registration.scope, changes=changes)
    db.session.flush()


def live_check_in(registration: Registration, checkpoint: Checkpoint) -> CheckIn | None:
    """Return the check-in that counts, if there is one."""
    return db.session.scalar(
        select(CheckIn).where(
            CheckIn.registration_id == registration.id,
            CheckIn.checkpoint_id == checkpoint.id,
            CheckIn.undone_at.is_(None),
        )
    )
