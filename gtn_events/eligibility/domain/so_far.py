"""What the rules of eligibility say about a draft, as far as it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..enums import RuleKind
from .rules import Facts, Member, Rule, check_eligibility
from .setting import economy_names, words_of_rule

OF_THE_FIRM = frozenset({RuleKind.ECONOMY, RuleKind.SIZE, RuleKind.YEARS_AT_MOST, RuleKind.YEARS_AT_LEAST})
OF_THE_TEAM = frozenset({RuleKind.TEAM, RuleKind.WOMAN_IN_TEAM, RuleKind.PARTNER_ECONOMY})
OF_AN_ANSWER = frozenset({RuleKind.OWNERSHIP, RuleKind.ANSWER})


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What a draft says so far: empty, or None where its step was not filled in yet."""

    economy_code: str
    organisation_size: str
    founded_in: int | None
    answers: Mapping[str, Any]
    team: Sequence[Member] | None = None


@dataclass(frozen=True)
class SoFar:
    """One rule: ``passed`` is None while nothing can be said; ``sentence`` says why it is as it is."""

    words: str
    passed: bool | None
    sentence: str = ""


def findings_so_far(rules: Sequence[Rule], facts: DraftFacts, *, year: int, won_before: bool = False) -> list[SoFar]:
    """Return every rule with what a draft shows about it, in the order of the rules.

    Args:
        year: to which years since founding are counted.
        won_before: whether the person or the firm won an earlier edition.
    """
    names = economy_names()
    findings = check_eligibility(
        rules,
        Facts(
            economy_code=facts.economy_code,
            economy_name=names.get(facts.economy_code, facts.economy_code),
            organisation_size=facts.organisation_size,
            founded_in=facts.founded_in,
            year=year,
            won_before=won_before,
            team=facts.team or (),
            answers=facts.answers,
        ),
    )
    return [
        SoFar(words_of_rule(rule, names), finding.passed, finding.sentence)
        if _is_known(rule, facts)
        else SoFar(words_of_rule(rule, names), None)
        for rule, finding in zip(rules, findings, strict=True)
    ]


def _is_known(rule: Rule, facts: DraftFacts) -> bool:
    if rule.kind in OF_THE_TEAM:
        return facts.team is not None
    if rule.kind in OF_AN_ANSWER:
        return rule.question in facts.answers
    if rule.kind in OF_THE_FIRM:
        return bool(facts.founded_in if rule.kind.startswith("years") else facts.economy_code)
    return True
