"""The rules of one competition or one call: checked against its form, and stored with it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import Questionnaire

from ..enums import RuleKind
from ..errors import EligibilityRefused
from .rules import Rule
from .setting import check_rules, questions_to_rule, rules_in_words

ALL_KINDS = frozenset(RuleKind)


class Ruled(Protocol):
    """Whatever firms send something to under rules: a row with its form."""

    eligibility: list[Any]  # Any: what Rule.to_json returns
    questionnaire: Questionnaire

    @property
    def scope(self) -> Scope: ...


def rules_of(ruled: Ruled) -> list[Rule]:
    """Return the rules that what is sent must keep, in their order."""
    return [Rule.from_json(stored) for stored in ruled.eligibility]


def set_rules(
    ruled: Ruled,
    rules: Sequence[Rule],
    *,
    kinds: Collection[RuleKind] = ALL_KINDS,
    actor: Account | None,
    now: datetime,
) -> None:
    """Keep these rules in place of those before; what they find changes at once.

    Args:
        kinds: those that what is sent says something about.

    Raises:
        EligibilityRefused: a rule cannot be checked, with the field of the form.

    Flushes; the caller commits.
    """
    before = rules_of(ruled)
    if not {rule.kind for rule in rules} <= set(kinds):
        raise EligibilityRefused("What is sent says nothing about one of these rules, so it cannot be checked.")
    check_rules(rules, kept=before, questions=questions_to_rule(ruled.questionnaire))
    if list(rules) == before:
        return
    ruled.eligibility = [rule.to_json() for rule in rules]
    changes = {"rules": (rules_in_words(before), rules_in_words(rules))}
    record("eligibility rules changed", ruled, actor=actor, now=now, scope=ruled.scope, changes=changes)
    db.session.flush()
