"""What the rules of eligibility say about a draft, as far as it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Facts, Member, Rule, check_eligibility
from gtn_events.eligibility.domain.setting import economy_names, words_of_rule
from gtn_events.eligibility.enums import RuleKind

from ..models import Competition
from .entry_findings import close_year, past_winners

OF_THE_FIRM = frozenset({RuleKind.ECONOMY, RuleKind.SIZE, RuleKind.YEARS_AT_MOST, RuleKind.YEARS_AT_LEAST})
OF_THE_TEAM = frozenset({RuleKind.TEAM, RuleKind.WOMAN_IN_TEAM, RuleKind.PARTNER_ECONOMY})
OF_AN_ANSWER = frozenset({RuleKind.OWNERSHIP, RuleKind.ANSWER})


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What a draft says so far: empty, or None where its step was not filled in yet."""

    economy_code: str
    organisation_size: str
    founded_in: int | None
    organisation_name: str
    team: Sequence[Member] | None
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class SoFar:
    """One rule: ``passed`` is None while nothing can be said; ``sentence`` says why it is as it is."""

    words: str
    passed: bool | None
    sentence: str = ""


def findings_so_far(competition: Competition, facts: DraftFacts, *, account: Account) -> list[SoFar]:
    """Return every rule of a competition with what a draft shows about it, in the order of the rules."""
    rules, names = rules_of(competition), economy_names()
    if not rules:
        return []
    winners = past_winners(competition)
    findings = check_eligibility(
        rules,
        Facts(
            economy_code=facts.economy_code,
            economy_name=names.get(facts.economy_code, facts.economy_code),
            organisation_size=facts.organisation_size,
            founded_in=facts.founded_in,
            year=close_year(competition),
            won_before=winners.includes(account.id, facts.organisation_name),
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
