"""The rules of known competitions can be set up without code, each as it is published."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.defaults import entry_questions
from gtn_events.competition.domain.rounds import Cut
from gtn_events.competition.domain.rule_sets import add_rounds_of, take_call_over
from gtn_events.competition.domain.templates_of_rounds import MEGABYTE, RULE_SETS, RuleSet
from gtn_events.competition.enums import AwardKind, EconomyPolicy, EntryPath
from gtn_events.competition.errors import RoundRefused
from gtn_events.competition.models import Award, Competition, Round
from gtn_events.core.db import db
from gtn_events.questionnaire.domain.questions import specs_of as questions_of
from tests.competition.factories import make_competition, make_entry
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
OPENS = datetime(2013, 6, 3, 1, 0, tzinfo=UTC)


def made(key: str, *, with_call: bool = True) -> tuple[Competition, list[Round]]:
    competition, actor = make_competition(), organiser()
    rounds = add_rounds_of(competition, RULE_SETS[key], opens_at=OPENS, actor=actor, now=OPENS)
    if with_call:
        take_call_over(competition, RULE_SETS[key], actor=actor, now=OPENS)
    db.session.commit()
    return competition, rounds


def organiser() -> Account:
    return make_account("organiser@gtn.example")


def weights(round_: Round) -> list[int]:
    assert round_.rubric
    return [int(each.weight) for each in round_.rubric.criteria]


def by_heading(round_: Round) -> dict[str, Decimal]:
    assert round_.rubric
    found: dict[str, Decimal] = {}
    for each in round_.rubric.criteria:
        found[each.heading] = found.get(each.heading, Decimal(0)) + each.weight
    return found


@pytest.mark.parametrize("rule_set", RULE_SETS.values(), ids=list(RULE_SETS))
def test_every_rule_set_becomes_rounds_whose_criteria_keep_the_rules(rule_set: RuleSet) -> None:
    _competition, rounds = made(rule_set.key)
    assert [each.title for each in rounds] == [each.title for each in rule_set.rounds]
    assert [each.number for each in rounds] == list(range(1, len(rounds) + 1))
    for each in rounds:
        assert each.rubric
        assert sum(criterion.weight for criterion in each.rubric.criteria) == 100
        assert all(len(criterion.levels) == 5 for criterion in each.rubric.criteria)


def test_rounds_follow_one_another_with_a_week_between() -> None:
    _competition, (review, final) = made("gtn")
    assert (review.opens_at, review.closes_at) == (OPENS, OPENS + timedelta(days=21))
    assert final.opens_at == review.closes_at + timedelta(days=7)


def test_the_pitch_of_the_network_stands_on_a_sheet_of_its_own() -> None:
    _competition, (review, final) = made("gtn")
    assert (weights(review), weights(final)) == ([25, 25, 20, 10, 20], [100])


def test_yes_challenge_takes_twenty_to_the_semi_final_and_asks_for_a_small_pdf() -> None:
    competition, (first, *_others) = made("yes-challenge")
    assert weights(first) == [25, 25, 25, 25]
    assert (first.cut["top"], first.cut["at_most_per_economy"], first.cut["ties"]) == (20, 2, ["chair"])
    asked = questions_of(competition.questionnaire.versions[-1])[-1]
    assert (asked.label, asked.limits.max_bytes, asked.limits.accept) == ("Proposal as a PDF", 5 * MEGABYTE, ("pdf",))


def test_best_award_rations_nominees_and_gives_one_grand_and_six_category_prizes() -> None:
    competition, (selection, _final) = made("best-award")
    assert (competition.entry_path, competition.economy_limit, competition.host_limit) == (EntryPath.NOMINATED, 2, 6)
    assert selection.cut["top"] == 24
    kinds = list(db.session.scalars(select(Award.kind).order_by(Award.position)))
    assert kinds == [AwardKind.GRAND, *[AwardKind.CATEGORY] * 6]


@pytest.mark.parametrize(("key", "expected"), [("esci", (30, 40, 30)), ("esci-35", (35, 35, 30))])
def test_esci_weighs_three_groups_of_criteria(key: str, expected: tuple[int, ...]) -> None:
    _competition, (review,) = made(key)
    assert by_heading(review) == dict(zip(("Strategy", "Measure", "Performance"), expected, strict=True))
    assert (review.cut["top"], review.cut["per_category"]) == (2, True)


def test_unido_adds_a_sheet_for_the_roadshow_of_the_shortlist() -> None:
    _competition, (call, roadshow) = made("unido-call")
    assert weights(roadshow) == [100]
    assert roadshow.adds == {"round": call.number, "points": "90", "own": "10"}
    assert call.rubric
    worth = [each.weight * Decimal(roadshow.adds["points"]) / 100 for each in call.rubric.criteria]
    assert [round(each, 1) for each in worth] == [Decimal(25), Decimal(20), Decimal(20), Decimal(15), Decimal(10)]


def test_two_stages_let_economies_judge_their_own_alone_first() -> None:
    competition, (own, joint) = made("two-stages")
    assert (own.economy_policy, joint.economy_policy) == (EconomyPolicy.ONLY, EconomyPolicy.FORBID)
    assert (own.cut["top"], own.cut["per_economy"], own.cut["reserve"]) == (2, True, 1)
    assert competition.entry_path is EntryPath.ENDORSED


def test_rules_of_the_call_stay_once_somebody_entered() -> None:
    competition, actor = make_competition(), organiser()
    make_entry(competition, actor)
    with pytest.raises(RoundRefused):
        take_call_over(competition, RULE_SETS["best-award"], actor=actor, now=OPENS)


def test_a_cut_is_kept_as_json_with_its_threshold_as_text() -> None:
    assert Cut(threshold=Decimal("62.50"), top=5).to_json() == {
        "top": 5,
        "threshold": "62.50",
        "per_category": False,
        "per_economy": False,
        "at_most_per_economy": None,
        "reserve": 0,
        "ties": ["head-to-head", "criterion", "first-places", "chair"],
    }


def test_sizes_of_files_are_whole_megabytes_as_forms_count_them() -> None:
    sizes = [spec.limits.max_bytes for spec in entry_questions() if spec.limits.max_bytes]
    assert sizes
    assert [size % MEGABYTE for size in sizes] == [0] * len(sizes)
