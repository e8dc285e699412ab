"""Letting a rule of eligibility pass for one entry, with a reason, and holding to it again."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.eligibility.domain.exceptions import hold_again, let_pass

from ..errors import ReasonMissing
from ..models import Entry
from .entry_findings import findings_of
from .locking import lock_entry


def let_rule_pass(entry: Entry, rule: str, *, actor: Account, now: datetime, reason: str) -> None:
    """Let an entry break one rule.

    Args:
        rule: the key of a finding.
        reason: kept with the exception and in the journal; the entrant does not see it.

    Raises:
        ReasonMissing: there is no reason.
        EligibilityRefused: there is no such rule, or the entry keeps it.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    if not reason.strip():
        raise ReasonMissing("Give a reason: it stands beside the rule and in the journal.", field="reason")
    let_pass(entry, rule, findings_of(entry), actor=actor, now=now, reason=reason)


def hold_to_rule(entry: Entry, rule: str, *, actor: Account, now: datetime) -> None:
    """Take back that a rule was let pass; nothing happens when it was not. Flushes; the caller commits."""
    lock_entry(entry)
    hold_again(entry, rule, findings_of(entry), actor=actor, now=now)
