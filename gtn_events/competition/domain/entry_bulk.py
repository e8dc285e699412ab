"""One act on many entries: what it would do, and doing it; a refusal of one never stops the others."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.eligibility.domain.exceptions import unmet

from ..enums import EntryState as State
from ..errors import ReasonMissing
from ..models import Competition, Entry
from .entries import admit_entry, refuse_entry
from .entry_findings import findings_of_many
from .entry_transitions import TRANSITIONS, Action

BULK_ACTIONS = (Action.ADMIT, Action.REFUSE)


def effect_of(action: Action, competition: Competition, entries: Sequence[Entry]) -> Effect[State]:
    """Return what an act would do as things stand; nothing is changed."""
    effect: Effect[State] = Effect()
    findings = findings_of_many(competition, entries) if action is Action.ADMIT else {}
    for entry in entries:
        row = TRANSITIONS.get((entry.state, action))
        broken = unmet(findings.get(entry.id, ()), entry.eligibility_override)
        if row is None:
            effect.refuse(_name(entry), f"is {entry.state.label.lower()}")
        elif broken:
            effect.refuse(_name(entry), broken[0].sentence)
        else:
            effect.outcomes[row.to] += 1
    return effect


def act_on_many(
    action: Action, entries: Iterable[Entry], *, actor: Account, now: datetime, reason: str = ""
) -> Effect[State]:
    """Do one act to each entry, each in a savepoint of its own.

    Returns:
        What happened; what was refused stays as before and is named with the reason.

    Raises:
        ReasonMissing: refusing needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if action is Action.REFUSE and not reason.strip():
        raise ReasonMissing("Give a reason: the entrants will read it.", field="reason")
    return act_on_each(entries, lambda entry: _act(action, entry, actor=actor, now=now, reason=reason), name=_name)


def _name(entry: Entry) -> str:
    return f"{entry.title} ({entry.reference})"


def _act(action: Action, entry: Entry, *, actor: Account, now: datetime, reason: str) -> State:
    match action:
        case Action.ADMIT:
            return admit_entry(entry, actor=actor, now=now)
        case Action.REFUSE:
            return refuse_entry(entry, actor=actor, now=now, reason=reason)
        case _:
            raise ValueError(f"{action} is no act for many")
