"""The rules of one competition: checked against its entry form, and stored."""

from collections.abc import Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.domain.setting import check_rules, questions_to_rule, rules_in_words
from gtn_events.questionnaire.domain.questions import QuestionSpec

from ..models import Competition


def rules_of(competition: Competition) -> list[Rule]:
    """Return the rules that entries must keep, in their order."""
    return [Rule.from_json(stored) for stored in competition.eligibility]


def asked_questions(competition: Competition) -> dict[str, QuestionSpec]:
    """Return the questions that entrants answer now, by key: what rules may look at. Sensitive ones are left out."""
    return questions_to_rule(competition.questionnaire)


def set_rules(competition: Competition, rules: Sequence[Rule], *, actor: Account | None, now: datetime) -> None:
    """Keep these rules in place of those before; what they find about entries changes at once.

    Raises:
        EligibilityRefused: a rule cannot be checked, with the field of the form.

    Flushes; the caller commits.
    """
    check_rules(rules, kept=rules_of(competition), questions=asked_questions(competition))
    stored = [rule.to_json() for rule in rules]
    if stored == competition.eligibility:
        return
    changes = {"rules": (rules_in_words(rules_of(competition)), rules_in_words(rules))}
    competition.eligibility = stored
    record("eligibility rules changed", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
