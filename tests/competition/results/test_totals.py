"""Weighted totals in Decimal: weights, scales, groups, gaps."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.results.notices import NoticeCode, ResultsRefused
from gtn_events.competition.results.rubric import CriteriaGroup, Criterion, Rubric
from gtn_events.competition.results.totals import Missing, card_total, raw_mean

D = Decimal


def criterion(key: str, weight: int, maximum: int = 5, minimum: int = 1) -> Criterion:
    return Criterion(key, D(weight), D(maximum), D(minimum))


def group(key: str, weight: int, *keys: str) -> CriteriaGroup:
    return CriteriaGroup(key, D(weight), tuple(criterion(each, weight // len(keys)) for each in keys))


DESK = Rubric((criterion("effect", 30), criterion("new", 20), criterion("business", 30), criterion("borders", 20)))
ESCI = Rubric((group("strategy", 30, *"abc"), group("measure", 40, *"defg"), group("performance", 30, *"hij")))
FOUR = Rubric(tuple(criterion(key, 25, 25, 0) for key in "abcd"))


def points(**scores: int) -> dict[str, Decimal]:
    return {key: D(score) for key, score in scores.items()}


def test_total_is_of_100_points_by_weight_and_scale() -> None:
    made = card_total(DESK, points(effect=4, new=3, business=4, borders=5), Missing.REFUSE)
    assert made.total == D("80.0000")
    assert made.points == {"effect": D(24), "new": D(12), "business": D(24), "borders": D(20)}
    assert card_total(FOUR, points(a=25, b=25, c=10, d=20), Missing.REFUSE).total == 80


def test_groups_of_criteria_count_by_their_weight() -> None:
    made = card_total(ESCI, points(a=5, b=4, c=3, d=5, e=5, f=5, g=5, h=1, i=2, j=3), Missing.REFUSE)
    assert made.points == {"strategy": D(24), "measure": D(40), "performance": D(12)}
    assert made.total == 76
    assert ESCI.heaviest_first == ("measure", "strategy", "performance")


def test_missing_criterion_is_refused_rescaled_or_counted_lowest() -> None:
    scored = points(effect=4, new=3)
    assert code_of(DESK, scored, Missing.REFUSE) == NoticeCode.CRITERION_MISSING
    assert card_total(DESK, scored, Missing.RESCALE).total == 72
    assert card_total(DESK, scored, Missing.LOWEST).total == 46


def test_rescaling_stays_inside_a_group_first() -> None:
    made = card_total(ESCI, points(a=5, d=4, e=2), Missing.RESCALE)
    assert made.points == {"strategy": D(30), "measure": D(24)}
    assert made.total == D("77.1429")


def test_wrong_scorecards_are_refused_with_the_reason() -> None:
    assert code_of(DESK, points(effect=6), Missing.LOWEST) == NoticeCode.POINT_OFF_SCALE
    assert code_of(DESK, points(effect=0), Missing.LOWEST) == NoticeCode.POINT_OFF_SCALE
    assert code_of(DESK, points(charm=4), Missing.LOWEST) == NoticeCode.CRITERION_UNKNOWN
    assert code_of(DESK, {}, Missing.RESCALE) == NoticeCode.NOTHING_SCORED


def code_of(rubric: Rubric, scores: dict[str, Decimal], missing: Missing) -> NoticeCode:
    with pytest.raises(ResultsRefused) as refused:
        card_total(rubric, scores, missing)
    return refused.value.notice.code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((criterion("a", 60), criterion("b", 30)), NoticeCode.WEIGHTS_WRONG),
        ((CriteriaGroup("g", D(100), (criterion("a", 60), criterion("b", 30))),), NoticeCode.WEIGHTS_WRONG),
        ((criterion("a", 50), criterion("a", 50)), NoticeCode.CRITERION_WRONG),
        ((criterion("a", 100, 1, 1),), NoticeCode.CRITERION_WRONG),
        ((criterion("a", 100), criterion("b", 0)), NoticeCode.CRITERION_WRONG),
    ],
)
def test_rubric_that_does_not_add_up_is_refused(parts: tuple[Criterion, ...], code: NoticeCode) -> None:
    with pytest.raises(ResultsRefused) as refused:
        Rubric(parts)
    assert refused.value.notice.code == code


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=10, max_size=10))
def test_total_lies_on_the_scale_and_is_the_sum_of_its_parts(levels: list[int]) -> None:
    made = card_total(ESCI, dict(zip("abcdefghij", map(D, levels), strict=True)), Missing.REFUSE)
    assert 20 <= made.total <= 100
    assert made.total == sum(made.points.values()) == 2 * sum(levels)


def test_raw_mean_is_exact_and_none_without_scorecards() -> None:
    assert raw_mean([D("0.1"), D("0.2"), D("0.3")]) == D("0.2")
    assert raw_mean([D(1), D(1), D(2)]) == D("1.3333")
    assert raw_mean([]) is None
