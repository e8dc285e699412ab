"""Whom the prizes of a list go to by their rule."""

from decimal import Decimal

from gtn_events.competition.enums import AwardKind
from gtn_events.competition.results.award_rule import Prize, winners_by_rule
from gtn_events.competition.results.cut import Candidate

RANKING = [
    Candidate("A", Decimal(90), categories=("energy",)),
    Candidate("B", Decimal(80), categories=("energy", "water")),
    Candidate("C", Decimal(70), categories=("water",)),
]
GRAND = Prize(AwardKind.GRAND)


def test_grand_prizes_go_by_rank_in_the_order_of_the_list() -> None:
    assert winners_by_rule([GRAND] * 4, RANKING) == ["A", "B", "C", None]


def test_category_prize_goes_to_the_best_of_its_category_that_won_nothing_before() -> None:
    prizes = [GRAND, Prize(AwardKind.CATEGORY, "energy"), Prize(AwardKind.CATEGORY, "water")]
    assert winners_by_rule(prizes, RANKING) == ["A", "B", "C"]
    assert winners_by_rule(prizes[1:], RANKING) == ["A", "B"]


def test_jury_is_free_with_special_prizes_and_with_those_of_no_category() -> None:
    prizes = [Prize(AwardKind.SPECIAL), Prize(AwardKind.CATEGORY), GRAND]
    assert winners_by_rule(prizes, RANKING) == [None, None, "A"]
