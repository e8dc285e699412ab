"""Printing badges: who gets one now, and that it was printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.pdf import needed_families
from gtn_events.core.versions import require_as_seen

from ..enums import BadgeState, RegistrationState
from ..errors import ReasonMissing
from ..models import BadgeDesign, BadgePrint, Forum, ForumBadge, Registration
from ..queries.badges import BadgeRow, design_of
from ..queries.registrations import BATCH
from .locking import lock_forum

LONGEST_REASON = 300


@dataclass
class PrintPlan:
    """Whose badges are printed for the first time, whose again, and who gets none and why."""

    fresh: list[BadgeRow] = field(default_factory=list)
    printed: list[BadgeRow] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def ids(self, *, again: bool) -> list[int]:
        """Return whose badges are printed; ``again`` takes those who have one already."""
        return [each.id for each in [*self.fresh, *(self.printed if again else ())]]


def plan_prints(rows: Iterable[BadgeRow]) -> PrintPlan:
    """Return what printing would do as things stand: a badge is for confirmed delegates only."""
    plan = PrintPlan()
    for row in rows:
        if row.state is not RegistrationState.CONFIRMED:
            plan.refused.append((row.name, f"is {row.state.label.lower()}"))
        elif row.badge is None:
            plan.fresh.append(row)
        else:
            plan.printed.append(row)
    return plan


def check_reason(plan: PrintPlan, *, again: bool, reason: str) -> None:
    """Make sure that a reprint says why.

    Raises:
        ReasonMissing: badges are printed again and nobody said why.
    """
    if again and plan.printed and not reason.strip():
        raise ReasonMissing("Say why badges are printed again.", field="reason")


def record_prints(
    forum: Forum, registration_ids: Sequence[int], *, reason: str, actor: Account | None, now: datetime
) -> list[Registration]:
    """Write down that badges were printed, in the order of the ids.

    Args:
        reason: why some are printed again; kept with every copy but the first.

    Returns:
        Those who got another copy.

    A new copy lies at the desk: its badge is ``PRINTED`` again, wherever the earlier copy is.
    Flushes; the caller commits.
    """
    lock_forum(forum)
    again: list[Registration] = []
    for start in range(0, len(registration_ids), BATCH):
        part = registration_ids[start : start + BATCH]
        badges = _badges_of(part)
        people = {each.id: each for each in db.session.scalars(select(Registration).where(Registration.id.in_(part)))}
        for registration_id in part:
            registration = people[registration_id]
            badge = badges.get(registration_id)
            if badge is not None:
                again.append(registration)
            _add_copy(registration, badge, reason=reason, actor=actor, now=now)
    db.session.flush()
    return again


def write_back_text(forum: Forum, text: str, *, seen: int | None = None, actor: Account, now: datetime) -> None:
    """Set what stands on the back of every badge.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else wrote another text since.
        MissingGlyphs: it has a character that no font has.

    Flushes; the caller commits.
    """
    needed_families([text], "en")
    lock_forum(forum)
    design = design_of(forum)
    before = design.back_text if design else ""
    if before == text:
        return
    require_as_seen(design, seen)
    if design is None:
        design = BadgeDesign(forum_id=forum.id, lock_version=0)
        db.session.add(design)
    design.back_text, design.lock_version = text, design.lock_version + 1
    record("badge text changed", forum, actor=actor, now=now, scope=forum.scope, changes={"back": (before, text)})
    db.session.flush()


def _badges_of(registration_ids: Sequence[int]) -> dict[int, ForumBadge]:
    statement = select(ForumBadge).where(ForumBadge.registration_id.in_(registration_ids))
    # Read after the lock: another job may have printed the same badges a moment ago.
    found = db.session.scalars(statement.execution_options(populate_existing=True))
    return {each.registration_id: each for each in found}


def _add_copy(
    registration: Registration, badge: ForumBadge | None, *, reason: str, actor: Account | None, now: datetime
) -> None:
    if badge is None:
        badge = ForumBadge(registration=registration, copies=0)
        db.session.add(badge)
    badge.copies += 1
    badge.state, badge.state_before, badge.state_at, badge.state_reason = BadgeState.PRINTED, None, now, ""
    why = reason.strip()[:LONGEST_REASON] if badge.copies > 1 else ""
    by_id = actor.id if actor is not None else None
    db.session.add(BadgePrint(badge=badge, copy=badge.copies, printed_at=now, by_id=by_id, reason=why))
    changes = {"copy": (None, badge.copies)}
    record(
        "badge printed",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes=changes,
        reason=why or None,
    )
