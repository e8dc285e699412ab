"""The rules of eligibility of one call: checked against its application form, and stored."""

from collections.abc import Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.domain.setting import check_rules, questions_to_rule, rules_in_words

from ..models import Call


def rules_of(call: Call) -> list[Rule]:
    """Return the rules that applications must keep, in their order."""
    return [Rule.from_json(stored) for stored in call.eligibility]


def set_rules(call: Call, rules: Sequence[Rule], *, actor: Account | None, now: datetime) -> None:
    """Keep these rules in place of those before.

    Raises:
        EligibilityRefused: a rule cannot be checked, with the field of the form.

    Flushes; the caller commits.
    """
    before = rules_of(call)
    check_rules(rules, kept=before, questions=questions_to_rule(call.questionnaire))
    if list(rules) == before:
        return
    call.eligibility = [rule.to_json() for rule in rules]
    changes = {"rules": (rules_in_words(before), rules_in_words(rules))}
    record("eligibility rules changed", call, actor=actor, now=now, scope=call.scope, changes=changes)
    db.session.flush()
