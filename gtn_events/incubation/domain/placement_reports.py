"""Reports of both sides at mid-term and at the end: saved as a draft while somebody types, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.upsert import insert_unless_there

from ..enums import Light, PartyRole, PlacementState, ReportKind
from ..errors import PlacementRefused
from ..models import Placement, PlacementReport
from ..notifications_placements import tell_sides
from ..queries.placements import report_of
from .locking import lock_placement
from .placement_tasks import SIDES

KINDS = (ReportKind.MID_TERM, ReportKind.FINAL)


@dataclass(frozen=True)
class Reported:
    """What a report says; ``satisfaction`` is from 1 to 5."""

    answers: Mapping[str, Any]  # Any: JSON
    light: Light | None = None
    satisfaction: int | None = None


def save_report(
    placement: Placement,
    kind: ReportKind,
    role: PartyRole,
    reported: Reported,
    *,
    seen: int,
    actor: Account,
    now: datetime,
) -> PlacementReport:
    """Keep what was typed so far; the people of one side write one report together.

    Args:
        seen: the ``lock_version`` that the person's page shows, 0 for none.

    Raises:
        PlacementRefused: the report was sent, or the placement has not begun or never took place.
        Stale: somebody else of the side saved since; that stays.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    if placement.state not in (PlacementState.RUNNING, PlacementState.ENDED_EARLY):
        raise PlacementRefused("Reports are written while a placement is under way, and after an early end.")
    report = _row(placement, kind, role, seen=seen, actor=actor, now=now)
    report.answers, report.light, report.satisfaction = dict(reported.answers), reported.light, reported.satisfaction
    report.saved_at, report.account = now, actor
    db.session.flush()
    return report


def send_report(
    placement: Placement,
    kind: ReportKind,
    role: PartyRole,
    reported: Reported,
    *,
    seen: int,
    actor: Account,
    now: datetime,
) -> PlacementReport:
    """Send a report; from now on it stands as it is, and the other side reads it.

    Raises:
        PlacementRefused, Stale: as ``save_report``.

    Flushes; the caller commits.
    """
    report = save_report(placement, kind, role, reported, seen=seen, actor=actor, now=now)
    report.sent_at = now
    db.session.flush()
    changes = {"report": (None, kind.value), "by": (None, role.value)}
    record("report sent", placement, actor=actor, now=now, scope=placement.scope, changes=changes)
    others = [side for side in (*SIDES, PartyRole.HOME) if side is not role]
    tell_sides(
        placement,
        "incubation/report_sent",
        occasion=f"{kind}:{role}",
        now=now,
        sides=others,
        but=actor,
        report=report,
    )
    return report


def _row(
    placement: Placement, kind: ReportKind, role: PartyRole, *, seen: int, actor: Account, now: datetime
) -> PlacementReport:
    report = report_of(placement, kind, role)
    if report is None and seen == 0:
        ids = {"placement_id": placement.id, "kind": kind, "role": role, "period": ""}
        first = {"answers": {}, "saved_at": now, "account_id": actor.id, "lock_version": 1}
        report = db.session.scalar(insert_unless_there(PlacementReport, **ids, **first).returning(PlacementReport))
        if report is not None:
            return report
    if report is None or report.lock_version != seen:
        raise Stale("Somebody else of your side saved this report meanwhile. What you typed was not saved over it.")
    if report.sent_at is not None:
        raise PlacementRefused("This report was sent; it stands as it is.")
    return report
