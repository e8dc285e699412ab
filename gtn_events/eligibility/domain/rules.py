"""Rules of eligibility that the machine checks: facts about a firm and what it sends go in, findings come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.enums import Gender, OrganisationSize

from ..enums import RuleComparison, RuleKind

SIZES: Mapping[str, str] = {size.value: size.label for size in OrganisationSize}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule; which of the fields count depends on its kind.

    Attributes:
        values: economy codes or sizes that may enter.
        number: years, people or a share, the limit itself included.
        question: the key of a question of the form, ``label`` as it was worded when the rule was made.
    """

    kind: RuleKind
    values: tuple[str, ...] = ()
    number: float = 0
    question: str = ""
    label: str = ""
    comparison: RuleComparison | None = None
    value: str = ""

    @property
    def key(self) -> str:
        """What an exception made for one entry or application is kept under."""
        return ":".join(part for part in (self.kind, self.question, self.comparison, self.value) if part)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Rule":
        """Read one stored item."""
        known: dict[str, Any] = dict(stored)
        known["kind"] = RuleKind(known["kind"])
        if "values" in known:
            known["values"] = tuple(known["values"])
        if "comparison" in known:
            known["comparison"] = RuleComparison(known["comparison"])
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Return what is stored: the fields that count."""
        given = {
            "kind": self.kind.value,
            "values": list(self.values),
            "number": self.number,
            "question": self.question,
            "label": self.label,
            "comparison": self.comparison.value if self.comparison else "",
            "value": self.value,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Member:
    """What a rule may know of one person of the team."""

    gender: str
    economy_code: str | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything the rules look at.

    Attributes:
        economy_name: of ``economy_code``, as a reader sees it.
        founded_in: a year, None when it was not given.
        year: of the close of the call, where the host is; years since founding are counted to it.
        won_before: whether the person or the firm holds an award of an edition this one was made from.
        answers: key to stored answer, those that count only.
    """

    economy_code: str
    economy_name: str
    organisation_size: str
    founded_in: int | None
    year: int
    won_before: bool
    team: Sequence[Member] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What one rule says about one entry or application."""

    rule: str
    passed: bool
    sentence: str


def check_eligibility(rules: Sequence[Rule], facts: Facts) -> list[Finding]:
    """Return a finding for each rule, in the order of the rules."""
    return [Finding(rule.key, *_CHECKS[rule.kind](rule, facts)) for rule in rules]


def _economy(rule: Rule, facts: Facts) -> tuple[bool, str]:
    if facts.economy_code in rule.values:
        return True, _("%(economy)s is one of the economies that may enter.", economy=facts.economy_name)
    return False, _("%(economy)s is not one of the economies that may enter.", economy=facts.economy_name)


def _size(rule: Rule, facts: Facts) -> tuple[bool, str]:
    if not facts.organisation_size:
        return False, _("The size of the firm is not given.")
    size = SIZES.get(facts.organisation_size, facts.organisation_size)
    if facts.organisation_size in rule.values:
        return True, _("The firm has %(size)s, which may enter.", size=size)
    return False, _("The firm has %(size)s, which may not enter.", size=size)


def _years_at_most(rule: Rule, facts: Facts) -> tuple[bool, str]:
    if facts.founded_in is None:
        return False, _("The year of founding is not given.")
    years = facts.year - facts.founded_in
    words = {"year": facts.founded_in, "years": years, "limit": plain_number(rule.number)}
    return years <= rule.number, _(
        "Founded in %(year)s, %(years)s years before the close; at most %(limit)s are allowed.", **words
    )


def _years_at_least(rule: Rule, facts: Facts) -> tuple[bool, str]:
    if facts.founded_in is None:
        return False, _("The year of founding is not given.")
    years = facts.year - facts.founded_in
    words = {"year": facts.founded_in, "years": years, "limit": plain_number(rule.number)}
    return years >= rule.number, _(
        "Founded in %(year)s, %(years)s years before the close; at least %(limit)s are asked.", **words
    )


def _no_previous_winner(_rule: Rule, facts: Facts) -> tuple[bool, str]:
    if facts.won_before:
        return False, _("The firm or its applicant won an award of an earlier edition.")
    return True, _("Neither the firm nor its applicant won an award of an earlier edition.")


def _ownership(rule: Rule, facts: Facts) -> tuple[bool, str]:
    share = facts.answers.get(rule.question)
    if not is_number(share):
        return False, _("“%(question)s” is not answered.", question=rule.label)
    words = {"question": rule.label, "share": plain_number(share), "limit": plain_number(rule.number)}
    return share >= rule.number, _("“%(question)s”: %(share)s; at least %(limit)s is asked.", **words)


def _team(rule: Rule, facts: Facts) -> tuple[bool, str]:
    people = ngettext("The team has %(num)s person", "The team has %(num)s people", len(facts.team))
    limit = plain_number(rule.number)
    return len(facts.team) >= rule.number, _("%(people)s; at least %(limit)s are asked.", people=people, limit=limit)


def _woman_in_team(_rule: Rule, facts: Facts) -> tuple[bool, str]:
    if any(member.gender == Gender.WOMAN for member in facts.team):
        return True, _("There is a woman in the team.")
    return False, _("There is no woman in the team.")


def _partner_economy(_rule: Rule, facts: Facts) -> tuple[bool, str]:
    if any(member.economy_code not in (None, facts.economy_code) for member in facts.team):
        return True, _("There is a partner from another economy.")
    return False, _("There is no partner from another economy.")


def _answer(rule: Rule, facts: Facts) -> tuple[bool, str]:
    answer = facts.answers.get(rule.question)
    if answer is None or answer in ("", []):
        return False, _("“%(question)s” is not answered.", question=rule.label)
    if _compares(rule, answer):
        return True, _("“%(question)s” is answered as the rule asks.", question=rule.label)
    return False, _("“%(question)s” is not answered as the rule asks.", question=rule.label)


def _compares(rule: Rule, answer: Any) -> bool:  # Any: an answer as JSON, see QuestionKind
    match rule.comparison:
        case RuleComparison.INCLUDES:
            return isinstance(answer, list) and rule.value in answer
        case RuleComparison.AT_LEAST:
            return is_number(answer) and answer >= float(rule.value)
        case RuleComparison.AT_MOST:
            return is_number(answer) and answer <= float(rule.value)
        case RuleComparison.IS:
            return _same(answer, rule.value)
        case RuleComparison.IS_NOT:
            return not _same(answer, rule.value)
    return True


def _same(answer: Any, wanted: str) -> bool:  # Any: an answer as JSON
    if isinstance(answer, bool):
        return wanted == ("yes" if answer else "no")
    if is_number(answer):
        return bool(answer == float(wanted))
    return bool(answer == wanted)


def is_number(value: Any) -> TypeGuard[int | float]:  # Any: an answer as JSON
    """Say whether an answer is a number (and not a yes or no)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain_number(number: float) -> str:
    """Return ``50`` for 50.0 and ``12.5`` for 12.5."""
    return f"{number:g}"


_CHECKS = {
    RuleKind.ECONOMY: _economy,
    RuleKind.SIZE: _size,
    RuleKind.YEARS_AT_MOST: _years_at_most,
    RuleKind.YEARS_AT_LEAST: _years_at_least,
    RuleKind.NO_PREVIOUS_WINNER: _no_previous_winner,
    RuleKind.OWNERSHIP: _ownership,
    RuleKind.TEAM: _team,
    RuleKind.WOMAN_IN_TEAM: _woman_in_team,
    RuleKind.PARTNER_ECONOMY: _partner_economy,
    RuleKind.ANSWER: _answer,
}
