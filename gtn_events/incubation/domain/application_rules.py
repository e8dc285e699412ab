"""The rules of a call for its applications: which there can be, what they find, and letting one pass with a reason."""

from collections.abc import Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.eligibility.domain.exceptions import hold_again, let_pass
from gtn_events.eligibility.domain.findings import Checked, findings_of_rows
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Finding
from gtn_events.eligibility.enums import RuleKind

from ..errors import ReasonMissing
from ..models import Application, Call
from .locking import lock_application

# An application names who goes, not a team with its genders and economies, and calls give no awards.
RULE_KINDS = frozenset(
    {
        RuleKind.ECONOMY,
        RuleKind.SIZE,
        RuleKind.YEARS_AT_MOST,
        RuleKind.YEARS_AT_LEAST,
        RuleKind.OWNERSHIP,
        RuleKind.ANSWER,
    }
)


def close_year(call: Call) -> int:
    """Return the year, on the clock of the call, to which years since founding are counted."""
    return call.closes_at.astimezone(call.zone).year


def findings_of_many(call: Call, applications: Sequence[Checked]) -> dict[int, list[Finding]]:
    """Return the findings of each application by its id; the number of queries does not grow with them."""
    return findings_of_rows(rules_of(call), applications, year=close_year(call))


def findings_of(application: Application) -> list[Finding]:
    """Return what the rules say about one application."""
    return findings_of_many(application.call, [application])[application.id]


def let_rule_pass(application: Application, rule: str, *, actor: Account, now: datetime, reason: str) -> None:
    """Let an application break one rule.

    Args:
        rule: the key of a finding.
        reason: kept with the exception and in the journal; the applicant does not see it.

    Raises:
        ReasonMissing: there is no reason.
        EligibilityRefused: there is no such rule, or the application keeps it.

    Flushes; the caller commits.
    """
    lock_application(application)
    if not reason.strip():
        raise ReasonMissing("Give a reason: it stands beside the rule and in the journal.", field="reason")
    let_pass(application, rule, findings_of(application), actor=actor, now=now, reason=reason)


def hold_to_rule(application: Application, rule: str, *, actor: Account, now: datetime) -> None:
    """Take back that a rule was let pass; nothing happens when it was not. Flushes; the caller commits."""
    lock_application(application)
    hold_again(application, rule, findings_of(application), actor=actor, now=now)
