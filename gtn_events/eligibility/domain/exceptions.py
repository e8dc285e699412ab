"""Letting a rule pass for one row, with a reason, and holding to it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.people import names_of
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..errors import EligibilityRefused
from .rules import Finding


class Excepted(Protocol):
    """A row for which rules can be let pass: rule key to ``{"reason": str, "by": account id, "at": ISO moment}``."""

    eligibility_override: dict[str, Any]

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class LetPass:
    """Why, by whom and when a rule was let pass."""

    reason: str
    name: str
    at: datetime


def unmet(findings: Iterable[Finding], override: Mapping[str, Any]) -> list[Finding]:  # Any: see Excepted
    """Return the rules that are broken and that nobody let pass."""
    return [finding for finding in findings if not finding.passed and finding.rule not in override]


def with_exceptions(row: Excepted, findings: Iterable[Finding]) -> list[tuple[Finding, LetPass | None]]:
    """Return the findings of a row, each with what let it pass."""
    people = {kept["by"] for kept in row.eligibility_override.values()}
    names = names_of(people) if people else {}
    passed = {
        rule: LetPass(kept["reason"], names.get(kept["by"], f"#{kept['by']}"), datetime.fromisoformat(kept["at"]))
        for rule, kept in row.eligibility_override.items()
    }
    return [(finding, passed.get(finding.rule)) for finding in findings]


def let_pass(
    row: Excepted, rule: str, findings: Iterable[Finding], *, actor: Account, now: datetime, reason: str
) -> None:
    """Let a row break one rule.

    Args:
        rule: the key of one of the ``findings``.
        reason: kept with the exception and in the journal.

    Raises:
        EligibilityRefused: there is no such rule, or the row keeps it.

    Flushes; the caller commits.
    """
    finding = _finding(findings, rule)
    if finding is None or finding.passed:
        raise EligibilityRefused("It keeps this rule by now, so nothing has to be let pass.")
    exception = {"reason": reason.strip(), "by": actor.id, "at": now.isoformat()}
    row.eligibility_override = {**row.eligibility_override, rule: exception}
    db.session.flush()
    act, changes = "eligibility rule let pass", {"rule": (finding.sentence, "let pass")}
    journal.record(act, row, actor=actor, now=now, scope=row.scope, changes=changes, reason=reason.strip())


def hold_again(row: Excepted, rule: str, findings: Iterable[Finding], *, actor: Account, now: datetime) -> None:
    """Take back that a rule was let pass; nothing happens when it was not. Flushes; the caller commits."""
    if rule not in row.eligibility_override:
        return
    finding = _finding(findings, rule)
    row.eligibility_override = {key: kept for key, kept in row.eligibility_override.items() if key != rule}
    db.session.flush()
    act, changes = "eligibility rule held to again", {"rule": ("let pass", finding.sentence if finding else rule)}
    journal.record(act, row, actor=actor, now=now, scope=row.scope, changes=changes)


def _finding(findings: Iterable[Finding], rule: str) -> Finding | None:
    return next((finding for finding in findings if finding.rule == rule), None)
