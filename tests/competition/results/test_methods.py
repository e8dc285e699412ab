"""Every method does what its name says, and warns of what it cannot do."""

import numpy as np
import pytest

from gtn_events.competition.enums import Method
from gtn_events.competition.results.calibration import Calibration
from gtn_events.competition.results.methods import outcome
from gtn_events.competition.results.notices import SENTENCES, Notice, NoticeCode, ResultsRefused
from gtn_events.competition.results.scores import Scores
from tests.competition.results.rounds import scores_of

PANEL = scores_of((0, 0, 60), (0, 1, 70), (0, 2, 95), (0, 3, 71), (1, 0, 50), (1, 1, 80), (2, 1, 65))


def codes(method: Method, scores: Scores) -> set[NoticeCode]:
    return {notice.code for notice in outcome(method, scores).notices}


def jury(*rows: tuple[float, ...]) -> Scores:
    """Return a complete jury: one row a judge, one column an entry."""
    return scores_of(*[(entry, judge, total) for judge, row in enumerate(rows) for entry, total in enumerate(row)])


@pytest.mark.parametrize(
    ("method", "values"),
    [
        (Method.RAW_MEAN, [74.0, 65.0, 65.0]),
        (Method.TRIMMED_MEAN, [70.5, 65.0, 65.0]),
        (Method.SUM, [296.0, 130.0, 65.0]),
        (Method.MEDIAN, [70.5, 65.0, 65.0]),
    ],
)
def test_simple_methods_compute_what_they_say(method: Method, values: list[float]) -> None:
    assert outcome(method, PANEL).values.tolist() == values


def test_z_scores_are_standardised_within_each_judge() -> None:
    made = outcome(Method.Z_SCORE, jury((10, 20, 30), (50, 60, 40), (7, 7, 7)))
    np.testing.assert_allclose(made.values, [-1 / 3, 1 / 3, 0])
    assert codes(Method.Z_SCORE, jury((10, 20, 30), (7, 7, 7))) == {
        NoticeCode.Z_SCORE,
        NoticeCode.JUDGE_WITHOUT_SPREAD,
        NoticeCode.NO_STANDARD_ERRORS,
    }


def test_every_method_keeps_the_raw_mean_beside_its_value() -> None:
    complete = jury((60, 70, 80), (61, 75, 70))
    for method in Method:
        np.testing.assert_array_equal(outcome(method, complete).raw_means, [60.5, 72.5, 75.0])


def test_methods_warn_of_what_they_do_not_do() -> None:
    assert NoticeCode.RAW_MEAN in codes(Method.RAW_MEAN, PANEL)
    assert {NoticeCode.TRIMMED, NoticeCode.TOO_FEW_TO_TRIM} <= codes(Method.TRIMMED_MEAN, PANEL)
    assert NoticeCode.UNEQUAL_COUNTS in codes(Method.SUM, PANEL)
    assert NoticeCode.MEDIAN_IS_COARSE in codes(Method.MEDIAN, PANEL)
    assert NoticeCode.UNEQUAL_COUNTS not in codes(Method.SUM, jury((60, 70), (61, 75)))


def test_borda_gives_a_point_for_each_entry_placed_lower_and_half_for_equals() -> None:
    assert outcome(Method.BORDA, jury((9, 5, 5, 1), (9, 8, 7, 6))).values.tolist() == [6.0, 3.5, 2.5, 0.0]


def test_schulze_finds_the_published_order_of_its_paper() -> None:
    # Example 1 of Schulze (2011): 45 voters, five candidates; the order is E, A, C, B, D.
    ballots = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    rows = [
        tuple(-ballot.index(letter) for letter in "ABCDE") for ballot, count in ballots.items() for _ in range(count)
    ]
    made = outcome(Method.SCHULZE, jury(*rows))
    assert "".join("ABCDE"[entry] for entry in made.order) == "EACBD"
    assert sorted(made.values) == [0, 1, 2, 3, 4]


def test_raw_mean_has_the_standard_error_of_all_scatter_within_entries() -> None:
    made = outcome(Method.RAW_MEAN, jury((60, 70, 80), (66, 70, 86)))
    noise = (2 * 3**2 + 2 * 3**2) / 3
    np.testing.assert_allclose(made.standard_errors, np.sqrt(noise / 2 * (1 - 1 / 3)))
    assert isinstance(made, Calibration)
    assert not made.judges_corrected


def test_jury_methods_refuse_an_incomplete_jury() -> None:
    for method in (Method.BORDA, Method.SCHULZE):
        with pytest.raises(ResultsRefused) as refused:
            outcome(method, PANEL)
        assert refused.value.notice == Notice(NoticeCode.JURY_INCOMPLETE, {"missing": 5})


def test_entry_nobody_scored_has_no_value_with_any_method() -> None:
    lonely = scores_of((0, 0, 60), (0, 1, 70), (2, 0, 65), (2, 1, 66), entries=3)
    for method in (Method.RAW_MEAN, Method.TRIMMED_MEAN, Method.SUM, Method.MEDIAN, Method.Z_SCORE):
        made = outcome(method, lonely)
        assert np.isnan(made.values).tolist() == [False, True, False]
        assert made.order.size == 2


def test_every_notice_has_a_sentence() -> None:
    assert set(SENTENCES) == set(NoticeCode)
