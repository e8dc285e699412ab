"""The one function that changes an entry's state: table, times, journal and mail together."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ..enums import EntryState as State
from ..errors import ReasonMissing
from ..models import Entry
from ..notifications import tell_entrant
from .entry_transitions import Action, Party, Transition, transition_for


def allowed_transition(entry: Entry, action: Action, *, party: Party, reason: str = "") -> Transition:
    """Return the table's row for this act.

    Raises:
        TransitionRefused: the table has none for this state and party.
        ReasonMissing: the act needs a reason and there is none.
    """
    row = transition_for(entry.state, action, party)
    if party in row.with_reason and not reason.strip():
        raise ReasonMissing("Give a reason: the entrant will read it.", field="reason")
    return row


def change_state(
    entry: Entry, action: Action, *, party: Party, actor: Account, now: datetime, reason: str = ""
) -> State:
    """Move the entry to where the table says, write it down and tell the entrant.

    Returns:
        The new state. Flushes; the caller commits.
    """
    row = allowed_transition(entry, action, party=party, reason=reason)
    before, entry.state = entry.state, row.to
    entry.state_changed_at = now
    entry.state_reason = reason.strip() or None
    db.session.flush()
    journal.record(
        f"entry {action.past}",
        entry,
        actor=actor,
        now=now,
        scope=entry.scope,
        changes={"state": (before.value, row.to.value)},
        reason=entry.state_reason,
    )
    tell_entrant(entry, row.mail, now=now)
    return row.to
