"""Takes the scans of the doors, at once or later: each nonce once, whatever is sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import Direction, Outcome
from ..models import Checkpoint, DoorScan, Registration
from ..queries.check_in import by_references, scans_by_nonce
from .check_in import Scan, check_in

MOST_SCANS = 100
# A scan waits as long as a device may be without a connection; what is older or still to come is a wrong clock.
OLDEST = timedelta(days=3)
AHEAD = timedelta(minutes=2)
CODE_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class SentScan:
    """One scan as a device tells it; ``shown`` is what it told its staff, None when it asked the server."""

    nonce: str
    code: str
    at: datetime
    direction: Direction = Direction.IN
    shown: Outcome | None = None
    device: str = ""
    station: str = ""


@dataclass(frozen=True)
class Received:
    """What became of a sent scan; ``scan`` is None when its nonce belongs to another scan."""

    nonce: str
    scan: DoorScan | None
    is_new: bool


def new_nonce() -> str:
    """Return the name of a scan that no device gave."""
    return str(uuid4())


def scan_at_door(
    registration: Registration | None, checkpoint: Checkpoint, sent: SentScan, *, actor: Account, now: datetime
) -> tuple[DoorScan, Scan | None]:
    """Write down one scan and let the person pass by the checkpoint's rule.

    Args:
        registration: whom the code means, None when nobody of this forum has it.
        now: the moment of arrival; ``sent.at`` is used where it can be believed.

    Returns:
        The scan, and what became of the person. Flushes; the caller commits.
    """
    believed = now - OLDEST <= sent.at <= now + AHEAD
    at = min(sent.at, now) if believed else now
    result = None
    if registration is not None:
        result = check_in(registration, checkpoint, station=sent.station, actor=actor, now=at, direction=sent.direction)
    outcome = result.outcome if result else Outcome.UNKNOWN
    scan = DoorScan(
        nonce=sent.nonce,
        checkpoint_id=checkpoint.id,
        registration_id=registration.id if registration else None,
        check_in_id=result.check_in.id if result and result.check_in else None,
        code="" if registration else sent.code[:CODE_LENGTH],
        direction=sent.direction,
        shown=sent.shown or outcome,
        outcome=outcome,
        device=sent.device,
        station=sent.station,
        by_id=actor.id,
        at=at,
        received_at=now,
        clock_was_off=not believed,
    )
    db.session.add(scan)
    db.session.flush()
    return scan, result


def receive_scans(checkpoint: Checkpoint, sent: Sequence[SentScan], *, actor: Account, now: datetime) -> list[Received]:
    """Take a batch that waited for a connection, the oldest first; what is known already changes nothing.

    Returns:
        One answer for each scan, in the order they were sent in. A nonce that another device, checkpoint or
        person has is refused, and nothing of that scan is kept.

    Flushes; the caller commits, all or nothing: a batch that broke off is sent again whole.
    """
    # Batches of one checkpoint come one after another: the same one sent twice at a moment finds itself.
    db.session.execute(select(Checkpoint.id).where(Checkpoint.id == checkpoint.id).with_for_update(key_share=True))
    known = scans_by_nonce([each.nonce for each in sent])
    people = by_references(checkpoint.forum, [each.code for each in sent])
    answers: dict[int, Received] = {}
    for place, each in sorted(enumerate(sent), key=lambda pair: pair[1].at):
        person = people.get(each.code)
        before = known.get(each.nonce)
        if before is not None:
            same = is_same_scan(before, checkpoint, person, each)
            answers[place] = Received(each.nonce, before if same else None, is_new=False)
            continue
        scan, _result = scan_at_door(person, checkpoint, each, actor=actor, now=now)
        known[each.nonce] = scan
        answers[place] = Received(each.nonce, scan, is_new=True)
    return [answers[place] for place in range(len(sent))]


def is_same_scan(before: DoorScan, checkpoint: Checkpoint, person: Registration | None, sent: SentScan) -> bool:
    """Say whether a scan under a known nonce is that scan once more: its place, person, way and device."""
    told = (checkpoint.id, person.id if person else None, "" if person else sent.code[:CODE_LENGTH])
    kept = (before.checkpoint_id, before.registration_id, before.code)
    return (*kept, before.direction, before.device) == (*told, sent.direction, sent.device)
