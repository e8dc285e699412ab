"""Jury and audience together: the published weight, points that run to 100, and a total anybody can compute anew."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.competition.enums import AudiencePoints, Method
from gtn_events.competition.results.audience import Audience, audience_points, combine
from gtn_events.competition.results.ranking import compute_ranking
from gtn_events.competition.results.ranking_records import Card, RankingTask

KEYS = st.sampled_from(["A", "B", "C", "D", "E"])
TOTALS = st.dictionaries(KEYS, st.decimals(0, 100, places=2), min_size=1)
VOTES = st.dictionaries(KEYS, st.integers(0, 5000))
SHARE, RANKS = AudiencePoints.SHARE, AudiencePoints.RANKS


def test_share_of_votes_gives_the_best_a_hundred_and_the_others_in_proportion() -> None:
    points = audience_points({"A": 60, "B": 45, "C": 0}, SHARE)
    assert points == {"A": Decimal("100.00"), "B": Decimal("75.00"), "C": Decimal("0.00")}


def test_places_give_a_point_for_each_entry_with_fewer_votes_and_half_for_equal_ones() -> None:
    points = audience_points({"A": 60, "B": 8, "C": 8, "D": 1, "E": 0}, RANKS)
    assert points == {
        "A": Decimal("100.00"),
        "B": Decimal("62.50"),
        "C": Decimal("62.50"),
        "D": Decimal("25.00"),
        "E": Decimal("0.00"),
    }


@pytest.mark.parametrize("rule", AudiencePoints)
def test_without_a_vote_nobody_has_a_point(rule: AudiencePoints) -> None:
    assert set(audience_points({"A": 0, "B": 0}, rule).values()) == {Decimal(0)}


def test_total_is_jury_and_audience_by_their_weights_rounded_once() -> None:
    parts = combine({"A": Decimal("81.33"), "B": Decimal("90.00")}, Method.RAW_MEAN, Audience(30, SHARE, {"A": 3}))
    assert (parts["A"].jury, parts["A"].audience, parts["A"].total) == (
        Decimal("81.33"),
        Decimal("100.00"),
        Decimal("86.93"),
    )
    assert parts["B"].total == Decimal("63.00")


def test_sums_and_counts_of_a_jury_are_put_on_a_scale_to_a_hundred_first() -> None:
    for method in (Method.SUM, Method.BORDA, Method.SCHULZE):
        parts = combine({"A": Decimal(8), "B": Decimal(6)}, method, Audience(50, SHARE, {"B": 1}))
        assert (parts["A"].total, parts["B"].total) == (Decimal("50.00"), Decimal("87.50"))


def test_z_scores_are_not_combined() -> None:
    with pytest.raises(ValueError, match="cannot be combined"):
        combine({"A": Decimal(1)}, Method.Z_SCORE, Audience(10, SHARE, {}))


@given(TOTALS, VOTES, st.integers(0, 50), st.sampled_from(AudiencePoints))
def test_total_lies_between_jury_and_audience(
    totals: dict[str, Decimal], votes: dict[str, int], weight: int, rule: AudiencePoints
) -> None:
    for key, parts in combine(totals, Method.MEDIAN, Audience(weight, rule, votes)).items():
        assert parts.jury == totals[key]
        assert min(parts.jury, parts.audience) <= parts.total <= max(parts.jury, parts.audience)
        assert 0 <= parts.audience <= 100


@given(TOTALS, VOTES, st.sampled_from(AudiencePoints), KEYS)
def test_one_vote_more_never_costs_a_point(
    totals: dict[str, Decimal], votes: dict[str, int], rule: AudiencePoints, key: str
) -> None:
    counted = {each: votes.get(each, 0) for each in totals}
    if key in counted:
        more = counted | {key: counted[key] + 1}
        assert audience_points(more, rule)[key] >= audience_points(counted, rule)[key]


def _task(method: Method, audience: Audience | None) -> RankingTask:
    totals = {"A": (90, 80), "B": (85, 85), "C": (40, 50)}
    cards = [
        Card(entry, judge, Decimal(total), {"impact": total // 20})
        for entry, given_ in totals.items()
        for judge, total in enumerate(given_, start=1)
    ]
    return RankingTask(method, sorted(totals), cards, ("impact",), "seed", audience=audience)


def test_ranking_with_an_audience_ranks_by_the_combined_total_and_keeps_both_parts() -> None:
    audience = Audience(40, SHARE, {"A": 10, "B": 20, "C": 5})
    ranking = compute_ranking(_task(Method.RAW_MEAN, audience))
    assert [(row.key, row.total, row.raw_mean) for row in ranking.rows] == [
        ("B", Decimal("91.00"), Decimal("85.00")),
        ("A", Decimal("71.00"), Decimal("85.00")),
        ("C", Decimal("37.00"), Decimal("45.00")),
    ]
    assert ranking.facts["audience"] == {
        "weight": 40,
        "points": "share",
        "votes": {"A": 10, "B": 20, "C": 5},
        "parts": {
            "A": {"jury": "85.00", "audience": "50.00"},
            "B": {"jury": "85.00", "audience": "100.00"},
            "C": {"jury": "45.00", "audience": "25.00"},
        },
    }


def test_equal_combined_totals_climb_the_ladder() -> None:
    ranking = compute_ranking(_task(Method.RAW_MEAN, Audience(20, SHARE, {"A": 7, "B": 7})))
    assert [row.total for row in ranking.rows[:2]] == [Decimal("88.00")] * 2
    assert ranking.rows[1].decided_by != ""
    assert ranking.rows[0].tie_group == ranking.rows[1].tie_group


def test_intervals_of_judges_say_nothing_about_a_total_with_votes_in_it() -> None:
    row = compute_ranking(_task(Method.CALIBRATED, Audience(20, RANKS, {"C": 1}))).rows[0]
    assert (row.standard_error, row.interval_low, row.chance) == (None, None, None)


def test_jury_alone_is_ranked_as_before() -> None:
    assert "audience" not in compute_ranking(_task(Method.RAW_MEAN, None)).facts
