"""Which rules can be kept for a form, and how they read in words."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from gtn_events.core.economies import economies_in_order
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Questionnaire
from gtn_events.questionnaire.queries.versions import published_version

from ..enums import RuleComparison, RuleKind
from ..errors import EligibilityRefused
from .rules import SIZES, Rule, plain_number

LARGEST = {RuleKind.YEARS_AT_MOST: 200, RuleKind.YEARS_AT_LEAST: 200, RuleKind.TEAM: 50}
MOST_RULES = 50
_CHOICE = (RuleComparison.IS, RuleComparison.IS_NOT, RuleComparison.ANSWERED)
COMPARISONS: Mapping[QuestionKind, tuple[RuleComparison, ...]] = {
    QuestionKind.NUMBER: (
        RuleComparison.AT_LEAST,
        RuleComparison.AT_MOST,
        RuleComparison.IS,
        RuleComparison.ANSWERED,
    ),
    QuestionKind.YES_NO: _CHOICE,
    QuestionKind.ONE_OF: _CHOICE,
    QuestionKind.ECONOMY: _CHOICE,
    QuestionKind.SEVERAL_OF: (RuleComparison.INCLUDES, RuleComparison.ANSWERED),
}


def questions_to_rule(questionnaire: Questionnaire) -> dict[str, QuestionSpec]:
    """Return the questions that are asked now, by key: what rules may look at. Sensitive ones are left out."""
    version = published_version(questionnaire)
    return {spec.key: spec for spec in specs_of(version) if not spec.sensitive} if version else {}


def check_rules(rules: Sequence[Rule], *, kept: Sequence[Rule], questions: Mapping[str, QuestionSpec]) -> None:
    """Let rules pass that can be checked; one that is ``kept`` already may look at a question that is asked no more.

    Raises:
        EligibilityRefused: one cannot be checked, with the field of the form.
    """
    if len(rules) > MOST_RULES:
        raise EligibilityRefused(f"There can be at most {MOST_RULES} rules.")
    seen: set[str] = set()
    for rule in rules:
        _check_rule(rule, questions, kept=rule in kept)
        if rule.key in seen:
            raise EligibilityRefused("There is such a rule already.", field="question")
        seen.add(rule.key)


def economy_names() -> dict[str, str]:
    """Return the short names of the economies by code, in protocol order."""
    return {economy.code: economy.short_name for economy in economies_in_order()}


def words_of_rule(rule: Rule, names: Mapping[str, str]) -> str:
    """Return a rule as a sentence for those who may enter.

    Args:
        names: economy code to name.
    """
    number = plain_number(rule.number)
    match rule.kind:
        case RuleKind.ECONOMY:
            words = _("Registered in: %(names)s", names="; ".join(names.get(code, code) for code in rule.values))
        case RuleKind.SIZE:
            words = _("Size: %(sizes)s", sizes="; ".join(SIZES.get(size, size) for size in rule.values))
        case RuleKind.YEARS_AT_MOST:
            words = _("Founded at most %(number)s years before the close", number=number)
        case RuleKind.YEARS_AT_LEAST:
            words = _("Founded at least %(number)s years before the close", number=number)
        case RuleKind.NO_PREVIOUS_WINNER:
            words = _("No award of an earlier edition")
        case RuleKind.OWNERSHIP:
            words = _("“%(question)s” is at least %(number)s", question=rule.label, number=number)
        case RuleKind.TEAM:
            words = _("A team of at least %(number)s", number=number)
        case RuleKind.WOMAN_IN_TEAM:
            words = _("At least one woman in the team")
        case RuleKind.PARTNER_ECONOMY:
            words = _("A partner from another economy")
        case RuleKind.ANSWER:
            words = _words_of_answer_rule(rule)
    return words


def rules_in_words(rules: Sequence[Rule]) -> str:
    """Return rules on one line, for the journal."""
    names = economy_names()
    return "; ".join(words_of_rule(each, names) for each in rules)


def _words_of_answer_rule(rule: Rule) -> str:
    comparison = _(rule.comparison.label) if rule.comparison else ""
    return f"“{rule.label}” {comparison} {rule.value}".strip()


def _check_rule(rule: Rule, questions: Mapping[str, QuestionSpec], *, kept: bool) -> None:
    """Raise unless the rule can be checked; one that is ``kept`` may look at a question that is asked no more."""
    if rule.kind is RuleKind.ECONOMY and not set(rule.values) <= set(economy_names()):
        raise EligibilityRefused("Choose member economies only.", field="economies")
    if rule.kind is RuleKind.SIZE and not set(rule.values) <= set(SIZES):
        raise EligibilityRefused("Choose sizes from the list.", field="sizes")
    if rule.kind in (RuleKind.ECONOMY, RuleKind.SIZE) and not rule.values:
        raise EligibilityRefused("Nobody could enter: choose at least one.")
    if rule.kind in LARGEST and not (0 < rule.number <= LARGEST[rule.kind] and float(rule.number).is_integer()):
        raise EligibilityRefused(f"Write a whole number from 1 to {LARGEST[rule.kind]}.")
    if rule.kind in (RuleKind.OWNERSHIP, RuleKind.ANSWER) and not kept:
        _check_question(rule, questions.get(rule.question))


def _check_question(rule: Rule, spec: QuestionSpec | None) -> None:
    if spec is None:
        raise EligibilityRefused("Choose a question that the entry form asks now.", field="question")
    if rule.kind is RuleKind.OWNERSHIP:
        if spec.kind is not QuestionKind.NUMBER:
            raise EligibilityRefused(f"“{spec.label}” is not answered with a number.", field="ownership_question")
        if not 0 < rule.number <= 100:
            raise EligibilityRefused("Write a share above 0 and up to 100.", field="ownership_at_least")
        return
    if rule.comparison not in COMPARISONS.get(spec.kind, (RuleComparison.ANSWERED,)):
        raise EligibilityRefused(f"“{spec.label}” cannot be compared in this way.", field="comparison")
    if rule.comparison is not RuleComparison.ANSWERED:
        _check_value(spec, rule.value)


def _check_value(spec: QuestionSpec, value: str) -> None:
    allowed = {option.value for option in spec.options}
    if spec.kind is QuestionKind.YES_NO:
        allowed = {"yes", "no"}
    elif spec.kind is QuestionKind.ECONOMY:
        allowed = set(economy_names())
    elif spec.kind is QuestionKind.NUMBER:
        try:
            allowed = {value} if abs(float(value)) < 1e15 else set()
        except ValueError:
            raise EligibilityRefused("Write the number to compare with.", field="value") from None
    if value not in allowed:
        raise EligibilityRefused(
            f"“{value}” is no answer to “{spec.label}”. It can be: {', '.join(sorted(allowed))}.", field="value"
        )
