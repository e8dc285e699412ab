"""Rules of eligibility: facts go in, findings come out; what cannot be checked is refused when it is kept."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.competition.domain.eligibility import Facts, Member, Rule, check_eligibility
from gtn_events.competition.domain.eligibility_rules import rules_of, set_rules, words_of_rule
from gtn_events.competition.enums import RuleComparison, RuleKind
from gtn_events.competition.errors import EligibilityRefused
from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.competition.factories import MADE_AT, make_competition
from tests.conftest import NOW
from tests.factories import make_account

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


def competition_that_asks(*questions: QuestionSpec) -> Competition:
    """A competition whose published entry form asks these questions, too."""
    competition = make_competition()
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    for question in questions:
        add_question(draft, question, actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    db.session.commit()
    return competition


SHARE = QuestionSpec(QuestionKind.NUMBER, "Share")
STAGE = QuestionSpec(QuestionKind.ONE_OF, "Stage", options=(Option("idea", "Idea"), Option("pilot", "Pilot")))


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(kind=RuleKind.ECONOMY, values=("XX",)), "economies"),
        (Rule(kind=RuleKind.ECONOMY), None),
        (Rule(kind=RuleKind.SIZE, values=("huge",)), "sizes"),
        (Rule(kind=RuleKind.YEARS_AT_MOST, number=0), None),
        (Rule(kind=RuleKind.TEAM, number=2.5), None),
        (Rule(kind=RuleKind.OWNERSHIP, question="stage", number=50), "ownership_question"),
        (Rule(kind=RuleKind.OWNERSHIP, question="share", number=101), "ownership_at_least"),
        (Rule(kind=RuleKind.OWNERSHIP, question="gone", number=50), "question"),
        (replace(ANSWER, question="gone"), "question"),
        (replace(ANSWER, comparison=RuleComparison.INCLUDES, value="5"), "comparison"),
        (replace(ANSWER, comparison=RuleComparison.AT_LEAST, value="many"), "value"),
        (replace(ANSWER, comparison=RuleComparison.AT_LEAST, value="nan"), "value"),
        (replace(ANSWER, question="stage", comparison=RuleComparison.IS, value="growth"), "value"),
        (replace(ANSWER, question="solution", comparison=RuleComparison.IS, value="x"), "comparison"),
    ],
)
def test_rule_that_cannot_be_checked_is_refused(rule: Rule, field: str | None) -> None:
    competition = competition_that_asks(SHARE, STAGE)
    with pytest.raises(EligibilityRefused) as refused:
        set_rules(competition, [rule], actor=make_account(), now=NOW)
    assert (refused.value.field, competition.eligibility) == (field, [])


def test_rules_are_kept_and_written_down() -> None:
    competition = competition_that_asks(SHARE)
    rules = [
        Rule(kind=RuleKind.ECONOMY, values=("PE",)),
        replace(ANSWER, comparison=RuleComparison.AT_LEAST, value="5"),
    ]
    set_rules(competition, rules, actor=make_account(), now=NOW)
    db.session.commit()
    db.session.expire_all()
    assert rules_of(competition) == rules
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "eligibility rules changed")).one()
    assert entry.changes == {"rules": ["", "Registered in: Peru; “Share” is at least 5"]}


def test_same_rule_twice_is_refused() -> None:
    competition = competition_that_asks(SHARE)
    with pytest.raises(EligibilityRefused, match="such a rule already"):
        set_rules(competition, [ANSWER, ANSWER], actor=make_account(), now=NOW)


def test_rule_on_a_question_that_is_asked_no_more_can_stay() -> None:
    competition = make_competition(eligibility=[ANSWER.to_json()])
    rules = [ANSWER, Rule(kind=RuleKind.WOMAN_IN_TEAM)]
    set_rules(competition, rules, actor=make_account(), now=NOW)
    assert rules_of(competition) == rules


def test_every_kind_of_rule_has_words() -> None:
    assert all(words_of_rule(Rule(kind=kind, label="Share"), {}) for kind in RuleKind)
