"""What a host gave: sessions with mentors and other services, day by day, in the unit of each service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import PlacementState
from ..errors import PlacementRefused
from ..models import Placement, ServiceHours
from ..services import SERVICES
from .locking import lock_placement

MENTORING = "mentoring"
MOST = Decimal(10_000)


@dataclass(frozen=True)
class ServiceSum:
    """How much of a service was given, on how many occasions."""

    service: str
    quantity: Decimal
    times: int


def note_service(
    placement: Placement,
    *,
    given_on: date,
    service: str,
    quantity: Decimal,
    person: str,
    note: str,
    nonce: str | None = None,
    actor: Account,
    now: datetime,
) -> ServiceHours:
    """Note what was given on one day.

    Args:
        nonce: the name of the form; the same line of a form that is sent again is noted once.

    Raises:
        PlacementRefused: the placement has not begun; the day is before the start or in the future; the service is
            not in the catalogue; or the quantity is not more than nothing.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    _require_begun(placement)
    if service not in SERVICES:
        raise PlacementRefused("Choose a service of the list.", field="service")
    if not Decimal() < quantity <= MOST:
        raise PlacementRefused("Write how much was given: more than 0.", field="quantity")
    if placement.started_on is None or given_on < placement.started_on:
        raise PlacementRefused("The day is before the start of the placement.", field="given_on")
    # A day ahead: somewhere east of here it is tomorrow already.
    if (given_on - now.date()).days > 1:
        raise PlacementRefused("This day is still to come.", field="given_on")
    line = {
        "given_on": given_on,
        "service": service,
        "quantity": quantity,
        "person": person.strip(),
        "note": note.strip(),
    }
    first = _made_of(nonce, placement)
    if first is not None:
        if all(getattr(first, name) == value for name, value in line.items()):
            return first
        nonce = None  # another line, typed over the one before on a page that the browser kept
    row = ServiceHours(placement=placement, noted_at=now, noted_by_id=actor.id, nonce=nonce, **line)
    db.session.add(row)
    db.session.flush()
    changes = {service: (None, f"{quantity:f}"), "day": (None, given_on.isoformat())}
    record("service noted", placement, actor=actor, now=now, scope=placement.scope, changes=changes)
    return row


def remove_service(row: ServiceHours, *, actor: Account, now: datetime) -> None:
    """Take a line back that was noted by mistake.

    Raises:
        PlacementRefused: the placement is completed.

    Flushes; the caller commits.
    """
    placement = row.placement
    lock_placement(placement)
    _require_begun(placement)
    changes = {row.service: (f"{row.quantity:f}", None), "day": (row.given_on.isoformat(), None)}
    db.session.delete(row)
    db.session.flush()
    record("service taken back", placement, actor=actor, now=now, scope=placement.scope, changes=changes)


def sums_of(rows: Sequence[ServiceHours]) -> list[ServiceSum]:
    """Return the sums by service, mentoring first, then in the order of the catalogue; units are never mixed."""
    by_service: dict[str, list[Decimal]] = {}
    for row in rows:
        by_service.setdefault(row.service, []).append(row.quantity)
    order = [MENTORING, *(code for code in SERVICES if code != MENTORING)]
    known = [code for code in order if code in by_service]
    return [ServiceSum(code, sum(by_service[code], Decimal()), len(by_service[code])) for code in known]


def _made_of(nonce: str | None, placement: Placement) -> ServiceHours | None:
    if nonce is None:
        return None
    same = select(ServiceHours).where(ServiceHours.placement_id == placement.id, ServiceHours.nonce == nonce)
    return db.session.scalar(same)


def _require_begun(placement: Placement) -> None:
    if placement.state is not PlacementState.RUNNING:
        raise PlacementRefused("Services are noted while the placement is under way.")
