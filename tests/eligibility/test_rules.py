"""Rules of eligibility: facts go in, findings come out."""

from dataclasses import replace
from typing import Any

import pytest

from gtn_events.eligibility.domain.rules import Facts, Member, Rule, check_eligibility
from gtn_events.eligibility.domain.setting import words_of_rule
from gtn_events.eligibility.enums import RuleComparison, RuleKind

pytestmark = pytest.mark.usefixtures("database")

FACTS = Facts(
    economy_code="PE",
    economy_name="Peru",
    organisation_size="10-49",
    founded_in=2009,
    year=2013,
    won_before=False,
    team=(Member("woman", "PE"), Member("man", "VN")),
    answers={"share": 60, "stage": "pilot", "goals": ["7", "13"], "checked": True},
)
ANSWER = Rule(kind=RuleKind.ANSWER, question="share", label="Share", comparison=RuleComparison.ANSWERED)
Changes = dict[str, Any]  # Any: fields of Facts


@pytest.mark.parametrize(
    ("rule", "broken_by"),
    [
        (Rule(kind=RuleKind.ECONOMY, values=("PE", "VN")), {"economy_code": "CHL"}),
        (Rule(kind=RuleKind.SIZE, values=("1-9", "10-49")), {"organisation_size": "250+"}),
        (Rule(kind=RuleKind.SIZE, values=("1-9", "10-49")), {"organisation_size": ""}),
        (Rule(kind=RuleKind.YEARS_AT_MOST, number=4), {"founded_in": 2008}),
        (Rule(kind=RuleKind.YEARS_AT_MOST, number=4), {"founded_in": None}),
        (Rule(kind=RuleKind.YEARS_AT_LEAST, number=4), {"founded_in": 2010}),
        (Rule(kind=RuleKind.YEARS_AT_LEAST, number=4), {"founded_in": None}),
        (Rule(kind=RuleKind.NO_PREVIOUS_WINNER), {"won_before": True}),
        (Rule(kind=RuleKind.OWNERSHIP, question="share", label="Share", number=60), {"answers": {"share": 59.9}}),
        (Rule(kind=RuleKind.OWNERSHIP, question="share", label="Share", number=60), {"answers": {}}),
        (Rule(kind=RuleKind.OWNERSHIP, question="share", label="Share", number=1), {"answers": {"share": True}}),
        (Rule(kind=RuleKind.TEAM, number=2), {"team": (Member("man", "PE"),)}),
        (Rule(kind=RuleKind.WOMAN_IN_TEAM), {"team": (Member("man", "PE"), Member("not-said", "VN"))}),
        (Rule(kind=RuleKind.PARTNER_ECONOMY), {"team": (Member("woman", "PE"), Member("man", None))}),
        (ANSWER, {"answers": {"share": None}}),
        (replace(ANSWER, comparison=RuleComparison.AT_LEAST, value="60"), {"answers": {"share": 59}}),
        (replace(ANSWER, comparison=RuleComparison.AT_MOST, value="60"), {"answers": {"share": 61}}),
        (replace(ANSWER, comparison=RuleComparison.IS, value="60"), {"answers": {"share": 61}}),
        (
            replace(ANSWER, question="stage", comparison=RuleComparison.IS, value="pilot"),
            {"answers": {"stage": "idea"}},
        ),
        (
            replace(ANSWER, question="stage", comparison=RuleComparison.IS_NOT, value="idea"),
            {"answers": {"stage": "idea"}},
        ),
        (replace(ANSWER, question="stage", comparison=RuleComparison.IS_NOT, value="idea"), {"answers": {}}),
        (
            replace(ANSWER, question="goals", comparison=RuleComparison.INCLUDES, value="13"),
            {"answers": {"goals": ["7"]}},
        ),
        (
            replace(ANSWER, question="checked", comparison=RuleComparison.IS, value="yes"),
            {"answers": {"checked": False}},
        ),
    ],
)
def test_rule_passes_and_is_broken(rule: Rule, broken_by: Changes) -> None:
    assert [each.passed for each in check_eligibility([rule], FACTS)] == [True]
    (finding,) = check_eligibility([rule], replace(FACTS, **broken_by))
    assert (finding.rule, finding.passed) == (rule.key, False)
    assert finding.sentence.endswith(".")


def test_rule_comes_back_from_json_as_it_was() -> None:
    rules = [Rule(kind=RuleKind.SIZE, values=("1-9",)), replace(ANSWER, comparison=RuleComparison.AT_LEAST, value="5")]
    assert [Rule.from_json(rule.to_json()) for rule in rules] == rules


def test_findings_read_as_sentences() -> None:
    rules = [Rule(kind=RuleKind.YEARS_AT_MOST, number=3), Rule(kind=RuleKind.TEAM, number=2)]
    assert [finding.sentence for finding in check_eligibility(rules, FACTS)] == [
        "Founded in 2009, 4 years before the close; at most 3 are allowed.",
        "The team has 2 people; at least 2 are asked.",
    ]


def test_every_kind_of_rule_has_words() -> None:
    assert all(words_of_rule(Rule(kind=kind, label="Share"), {}) for kind in RuleKind)
