"""The rules of one competition or one call: checked against its form, and stored with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import Questionnaire

from .rules import Rule
from .setting import check_rules, questions_to_rule, rules_in_words


class Ruled(Protocol):
    """Whatever firms send something to under rules: a row with its form."""

    eligibility: list[Any]  # Any: what Rule.to_json returns
    questionnaire: Questionnaire

    @property
    def scope(self) -> Scope: ...


def rules_of(ruled: Ruled) -> list[Rule]:
    """Return the rules that what is sent must keep, in their order."""
    return [Rule.from_json(stored) for stored in ruled.eligibility]


def set_rules(ruled: Ruled, rules: Sequence[Rule], *, actor: Account | None, now: datetime) -> None:
    """Keep these rules in place of those before; what they find changes at once.

    Raises:
        EligibilityRefused: a rule cannot be checked, with the field of the form.

    Flushes; the caller commits.
    """
    before = rules_of(ruled)
    check_rules(rules, kept=before, questions=questions_to_rule(ruled.questionnaire))
    if list(rules) == before:
        return
    ruled.eligibility = [rule.to_json() for rule in rules]
    changes = {"rules": (rules_in_words(before), rules_in_words(rules))}
    record("eligibility rules changed", ruled, actor=actor, now=now, scope=ruled.scope, changes=changes)
    db.session.flush()
