"""The rules of a competition: what cannot be checked is refused when it is kept."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.eligibility.domain.keeping import rules_of, set_rules
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleComparison, RuleKind
from gtn_events.eligibility.errors import EligibilityRefused
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.competition.factories import MADE_AT, make_competition
from tests.conftest import NOW
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")

ANSWER = Rule(kind=RuleKind.ANSWER, question="share", label="Share", comparison=RuleComparison.ANSWERED)


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
