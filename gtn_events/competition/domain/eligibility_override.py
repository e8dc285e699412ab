"""Letting a rule of eligibility pass for one entry, with a reason, and holding to it again."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.eligibility.domain.rules import Finding
from gtn_events.eligibility.errors import EligibilityRefused

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
    finding = _finding(entry, rule)
    if finding is None or finding.passed:
        raise EligibilityRefused("The entry keeps this rule by now, so nothing has to be let pass.")
    exception = {"reason": reason.strip(), "by": actor.id, "at": now.isoformat()}
    entry.eligibility_override = {**entry.eligibility_override, rule: exception}
    db.session.flush()
    changes = {"rule": (finding.sentence, "let pass")}
    journal.record(
        "eligibility rule let pass",
        entry,
        actor=actor,
        now=now,
        scope=entry.scope,
        changes=changes,
        reason=reason.strip(),
    )


def hold_to_rule(entry: Entry, rule: str, *, actor: Account, now: datetime) -> None:
    """Take back that a rule was let pass; nothing happens when it was not. Flushes; the caller commits."""
    lock_entry(entry)
    if rule not in entry.eligibility_override:
        return
    finding = _finding(entry, rule)
    entry.eligibility_override = {key: kept for key, kept in entry.eligibility_override.items() if key != rule}
    db.session.flush()
    changes = {"rule": ("let pass", finding.sentence if finding else rule)}
    journal.record("eligibility rule held to again", entry, actor=actor, now=now, scope=entry.scope, changes=changes)


def _finding(entry: Entry, rule: str) -> Finding | None:
    return next((finding for finding in findings_of(entry) if finding.rule == rule), None)
