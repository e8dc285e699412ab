"""What an organiser decides about an entry: admitted, not eligible, late but taken, withdrawn, more time."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.eligibility.domain.exceptions import unmet

from ..enums import EntryState as State
from ..errors import EntryRefused, ReasonMissing
from ..models import Entry
from ..notifications import tell_entrant
from .endorsement import leave_order, return_to_order
from .entry_findings import findings_of
from .entry_limits import require_room
from .entry_state import allowed_transition, change_state
from .entry_transitions import Action, Party
from .locking import lock_entry
from .nomination_use import end_nomination


def admit_entry(entry: Entry, *, actor: Account, now: datetime) -> State:
    """Let an entry be judged.

    Raises:
        TransitionRefused: it waits for no decision.
        EntryRefused: a rule of eligibility is broken or its economy has not endorsed it, and nobody let that pass.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    allowed_transition(entry, Action.ADMIT, party=Party.ORGANISER)
    if broken := unmet(findings_of(entry), entry.eligibility_override):
        raise EntryRefused(f"{broken[0].sentence} Let the rule pass with a reason, or refuse the entry.")
    return change_state(entry, Action.ADMIT, party=Party.ORGANISER, actor=actor, now=now)


def refuse_entry(entry: Entry, *, actor: Account, now: datetime, reason: str) -> State:
    """Find an entry not eligible; its entrant reads the reason. Flushes.

    Raises:
        TransitionRefused: it is withdrawn, or not eligible already.
        ReasonMissing: there is no reason.
    """
    lock_entry(entry)
    state = change_state(entry, Action.REFUSE, party=Party.ORGANISER, actor=actor, now=now, reason=reason)
    leave_order(entry, actor=actor, now=now)
    return state


def reconsider_entry(entry: Entry, *, actor: Account, now: datetime) -> State:
    """Take a refused entry up again: it waits for a decision as before.

    Raises:
        TransitionRefused: it was not refused.
        EntryRefused: its economy has as many entries as it may meanwhile.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    allowed_transition(entry, Action.RECONSIDER, party=Party.ORGANISER)
    require_room(entry.competition, entry.economy_code)
    state = change_state(entry, Action.RECONSIDER, party=Party.ORGANISER, actor=actor, now=now)
    return_to_order(entry, actor=actor, now=now)
    return state


def accept_late_entry(entry: Entry, *, actor: Account, now: datetime) -> State:
    """Take an entry that was sent after the close as if it had come in time. Flushes.

    Raises:
        TransitionRefused: it is not late.
    """
    lock_entry(entry)
    return change_state(entry, Action.ACCEPT_LATE, party=Party.ORGANISER, actor=actor, now=now)


def withdraw_entry(entry: Entry, *, party: Party, actor: Account, now: datetime, reason: str = "") -> State:
    """End an entry; it stays on record and is not judged any more.

    Args:
        party: ENTRANT when it is their own, ORGANISER on their behalf.
        reason: needed from an organiser, read by the entrant.

    Raises:
        TransitionRefused: it is withdrawn or refused already.
        EntryRefused: the results are published.
        ReasonMissing: an organiser gave no reason.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    if entry.competition.results_published_at is not None:
        raise EntryRefused(_("The results are published and stand as they are; the entry is part of them."))
    state = change_state(entry, Action.WITHDRAW, party=party, actor=actor, now=now, reason=reason)
    leave_order(entry, actor=actor, now=now)
    end_nomination(entry)
    return state


def extend_entry(entry: Entry, until: datetime | None, *, actor: Account, now: datetime, reason: str) -> None:
    """Move the close for this entry alone, or back to everybody's close with None; the entrant gets a mail.

    Raises:
        ReasonMissing: there is no reason.
        EntryRefused: the entry is not live, or the moment is past or not after the close of the call.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    if not reason.strip():
        raise ReasonMissing("Give a reason: it stands in the journal.", field="reason")
    if not entry.state.is_live:
        raise EntryRefused(f"This entry is {entry.state.label.lower()}; more time would be of no use.")
    if until is not None and until <= max(now, entry.competition.entries_close_at):
        raise EntryRefused("Choose a moment after the close of the call that is still to come.", field="until")
    before, entry.extended_until = entry.extended_until, until
    if before == until:
        return
    db.session.flush()
    journal.record(
        "close of the entry moved",
        entry,
        actor=actor,
        now=now,
        scope=entry.scope,
        changes={"until": (before.isoformat() if before else None, until.isoformat() if until else None)},
        reason=reason.strip(),
    )
    tell_entrant(entry, "competition/entry_extended", now=now, occasion=now.isoformat())
