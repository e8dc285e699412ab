"""Where badges are: given to an officer of a delegation, to the delegate, back, or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import BadgeState
from ..errors import BadgesRefused, ReasonMissing
from ..models import BadgeHandover, BadgeHandoverLine, Forum, ForumBadge
from ..queries.badge_custody import Party, badges_at_desk
from .badges import LONGEST_REASON
from .locking import lock_forum

MOVES: dict[BadgeState, tuple[BadgeState, ...]] = {
    BadgeState.PRINTED: (BadgeState.HANDED_OUT, BadgeState.LOST),
    BadgeState.WITH_OFFICER: (BadgeState.HANDED_OUT, BadgeState.RETURNED, BadgeState.LOST),
    BadgeState.HANDED_OUT: (BadgeState.RETURNED, BadgeState.LOST),
    BadgeState.RETURNED: (BadgeState.HANDED_OUT, BadgeState.LOST),
    BadgeState.LOST: (BadgeState.RETURNED,),
}


@dataclass(frozen=True)
class Taker:
    """Who takes badges over: the name and the function that stand on the receipt."""

    name: str
    function: str
    account_id: int | None = None


def hand_over(
    forum: Forum, party: Party, registration_ids: Sequence[int], *, taker: Taker, actor: Account, now: datetime
) -> BadgeHandover:
    """Give badges of one economy or class to an officer, who signs for them.

    Args:
        registration_ids: whose badges; those of others, and badges that are not at the desk, are refused.

    Raises:
        BadgesRefused: no badge was chosen, or one of them is not at the desk any more.
        ReasonMissing: the officer's name or function is missing.

    Flushes; the caller commits.
    """
    for text, field, message in (
        (taker.name, "taker_name", "Write who takes the badges."),
        (taker.function, "taker_function", "Write the function of whoever takes the badges."),
    ):
        if not text.strip():
            raise ReasonMissing(message, field=field)
    lock_forum(forum)
    wanted = set(registration_ids)
    badges = [each for each in badges_at_desk(forum, party) if each.registration_id in wanted]
    if not badges or len(badges) < len(wanted):
        raise BadgesRefused(
            "Some of these badges are not at the desk any more. Choose again." if wanted else "Choose the badges."
        )
    handover = BadgeHandover(
        forum=forum,
        economy_code=party.economy_code,
        delegation_class=party.delegation_class,
        taker_name=taker.name.strip(),
        taker_function=taker.function.strip(),
        taker_account_id=taker.account_id,
        at=now,
        by_id=actor.id,
    )
    handover.lines = [BadgeHandoverLine(badge=badge, before=badge.state) for badge in badges]
    db.session.add(handover)
    for badge in badges:
        _set(badge, BadgeState.WITH_OFFICER, reason="", actor=actor, now=now)
    changes = {"badges": (None, len(badges)), "to": (None, party.key)}
    db.session.flush()
    record("badges handed over", handover, actor=actor, now=now, scope=forum.scope, changes=changes)
    return handover


def undo_handover(handover: BadgeHandover, *, actor: Account, now: datetime) -> int:
    """Take a handover back; badges that the officer has passed on meanwhile stay where they are.

    Returns:
        How many badges are at the desk again. Done twice, it changes nothing.

    Flushes; the caller commits.
    """
    lock_forum(handover.forum)
    db.session.refresh(handover)
    if handover.undone_at is not None:
        return 0
    handover.undone_at, handover.undone_by_id = now, actor.id
    kept = [line for line in handover.lines if line.badge.state is BadgeState.WITH_OFFICER]
    for line in kept:
        _set(line.badge, line.before, reason="", actor=actor, now=now)
        line.badge.state_before = None
    record("handover of badges undone", handover, actor=actor, now=now, scope=handover.scope)
    db.session.flush()
    return len(kept)


def move_badge(badge: ForumBadge, state: BadgeState, *, reason: str, actor: Account, now: datetime) -> None:
    """Say where a badge is now.

    Raises:
        BadgesRefused: a badge cannot come there from where it is.
        ReasonMissing: it is lost and nobody said how.

    Flushes; the caller commits.
    """
    lock_forum(badge.registration.forum)
    db.session.refresh(badge)
    if state not in MOVES[badge.state]:
        raise BadgesRefused(
            f"The badge of {badge.registration.delegate_name} is {badge.state.label.lower()}; "
            f"it cannot become {state.label.lower()} from there."
        )
    if state is BadgeState.LOST and not reason.strip():
        raise ReasonMissing("Say how the badge was lost.", field="reason")
    _set(badge, state, reason=reason.strip()[:LONGEST_REASON], actor=actor, now=now)
    db.session.flush()


def undo_move(badge: ForumBadge, *, actor: Account, now: datetime) -> None:
    """Put a badge back to where it was before its last move.

    Raises:
        BadgesRefused: there is no move to undo.

    Flushes; the caller commits.
    """
    lock_forum(badge.registration.forum)
    db.session.refresh(badge)
    if badge.state is BadgeState.WITH_OFFICER:
        raise BadgesRefused("It was handed over with others: undo the handover.")
    if badge.state_before is None:
        raise BadgesRefused("There is nothing to undo.")
    _set(badge, badge.state_before, reason="", actor=actor, now=now)
    badge.state_before = None
    db.session.flush()


def _set(badge: ForumBadge, state: BadgeState, *, reason: str, actor: Account, now: datetime) -> None:
    before = badge.state
    badge.state, badge.state_before, badge.state_at, badge.state_reason = state, before, now, reason
    registration = badge.registration
    changes = {"badge": (before.value, state.value)}
    record(
        "badge moved",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes=changes,
        reason=reason or None,
    )
