"""How scores are distributed, and what judges of each economy give to entries of each: figures known beforehand."""

from decimal import Decimal

import numpy as np

from gtn_events.competition.results.distributions import distributions
from gtn_events.competition.results.integrity.economies import economy_matrix
from gtn_events.competition.results.ranking_records import Card
from gtn_events.competition.results.scores import Scores


def card(judge: int, total: str, impact: int | None = 3) -> Card:
    return Card(f"E{total}", judge, Decimal(total), {} if impact is None else {"impact": impact})


def test_totals_stand_in_classes_of_ten_and_a_full_score_in_the_last() -> None:
    cards = [card(1, each) for each in ("0", "9.99", "10", "99.5", "100")]
    assert distributions(cards, {})["totals"] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_points_of_a_criterion_are_counted_from_the_lowest_and_gaps_left_out() -> None:
    cards = [card(1, "50", 1), card(1, "60", 4), card(2, "70", 4), card(2, "80", None)]
    assert distributions(cards, {"impact": (0, 4)})["criteria"] == {"impact": [0, 1, 0, 0, 2]}


def test_each_judge_stands_beside_everybody() -> None:
    cards = [card(2, "10"), card(2, "20"), card(2, "30"), card(1, "90")]
    found = distributions(cards, {})
    assert found["everybody"] == ["10.00", "17.50", "25.00", "45.00", "90.00"]
    assert found["judges"] == [
        {"judge": 1, "scorecards": 1, "quarters": ["90.00"] * 5},
        {"judge": 2, "scorecards": 3, "quarters": ["10.00", "15.00", "20.00", "25.00", "30.00"]},
    ]


def test_cell_is_the_mean_above_the_other_judges_and_silent_below_five_scorecards() -> None:
    # Five entries of Peru, each read by a judge of Peru who gives 6 more than the one of Japan.
    entries = np.array([0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
    judges = np.array([0, 1] * 5)
    scores = Scores(entries, judges, np.array([56.0, 50.0] * 5), 5, 2)
    assert economy_matrix(scores, ["PE", "JPN"] * 5, ["PE"] * 10) == [
        {"judge": "JPN", "entry": "", "cards": 5, "mean": "-6.00"},
        {"judge": "JPN", "entry": "PE", "cards": 5, "mean": "-6.00"},
        {"judge": "PE", "entry": "", "cards": 5, "mean": "6.00"},
        {"judge": "PE", "entry": "PE", "cards": 5, "mean": "6.00"},
    ]
    few = Scores(entries[:8], judges[:8], scores.totals[:8], 4, 2)
    assert [each["mean"] for each in economy_matrix(few, ["PE", "JPN"] * 4, ["PE"] * 8)] == [None] * 4


def test_scorecard_without_another_or_without_an_economy_is_in_no_cell() -> None:
    scores = Scores(np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([50.0, 60.0, 70.0]), 2, 2)
    found = economy_matrix(scores, ["PE", "PE", ""], ["PE", "PE", "PE"])
    assert [(each["judge"], each["entry"], each["cards"]) for each in found] == [("PE", "", 1), ("PE", "PE", 1)]
