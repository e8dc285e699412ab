"""The one function that changes a registration's state: table, times, journal and mail together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ..enums import RegistrationState as State
from ..errors import ReasonMissing
from ..models import Registration
from ..notifications import tell_delegate
from .substitution_ending import end_arrangements
from .transitions import Action, Party, Transition, transition_for


def allowed_transition(
    registration: Registration, action: Action, *, party: Party, reason: str | None = None
) -> Transition:
    """Return the table's row for this act.

    Raises:
        TransitionRefused: the table has none for this state and party.
        ReasonMissing: the act needs a reason and there is none.
    """
    row = transition_for(registration.state, action, party)
    if row.needs_reason and not (reason or "").strip():
        raise ReasonMissing("Give a reason: the delegate will read it.", field="reason")
    return row


def change_state(
    registration: Registration,
    action: Action,
    outcome: State,
    *,
    party: Party,
    actor: Account | None,
    now: datetime,
    reason: str | None = None,
    told: Mapping[str, Any] | None = None,  # Any: as the mail's template wants it
    changes: Mapping[str, tuple[Any, Any]] | None = None,  # Any: as the journal wants it
) -> State:
    """Move the registration to one of the outcomes that the table allows, write it down, tell the delegate.

    Seats are the caller's: they are taken before and released after, in the same transaction.

    Args:
        told: what the mail says besides, where the caller knows it already.
        changes: what else changes with it, for the journal.

    Returns:
        The new state. Flushes; the caller commits.
    """
    row = allowed_transition(registration, action, party=party, reason=reason)
    if outcome not in row.outcomes:
        raise ValueError(f"{action} cannot lead to {outcome}")
    before = registration.state
    registration.state = outcome
    registration.state_changed_at = now
    registration.state_reason = reason or None
    if outcome is State.CONFIRMED:
        registration.confirmed_at = now
        registration.came_from_waiting_list = registration.waitlisted_at is not None
    if outcome is State.WAITLISTED:
        registration.waitlisted_at = now
    if before is State.OFFERED:
        registration.offer_ends_at = None
    journal.record(
        f"registration {action.past}",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes={"state": (before, outcome), **(changes or {})},
        reason=reason,
    )
    db.session.flush()
    if not outcome.is_active or action is Action.UNENDORSE:
        end_arrangements(registration, actor=actor, now=now)
    if outcome in row.mails:
        tell_delegate(registration, row.mails[outcome], now=now, **(told or {}))
    return outcome
