"""Calibration is the mixed model, its errors are true, and it says what it did."""

import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.enums import Method
from gtn_events.competition.results.calibration import calibrate
from gtn_events.competition.results.fit import fit_judges
from gtn_events.competition.results.methods import outcome
from gtn_events.competition.results.notices import NoticeCode
from gtn_events.competition.results.panels import Panels
from gtn_events.competition.results.rounding import published
from gtn_events.competition.results.scores import Scores
from gtn_events.competition.results.variance import Variances, henderson_three
from tests.competition.results.rounds import judged, random_panels, routed_panels, scores_of, small_rounds, spearman

NORMAL_90 = 1.6448536269514722


def matrices(scores: Scores) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the incidence of scored entries and of judges, and which entries are scored."""
    scored = np.flatnonzero(scores.cards_of_entries)
    of_entries = (scores.entries[:, np.newaxis] == scored).astype(float)
    of_judges = (scores.judges[:, np.newaxis] == np.arange(scores.judge_count)).astype(float)
    return of_entries, of_judges, scored


@settings(deadline=None)
@given(small_rounds(), st.floats(0.1, 50), st.floats(0.1, 50))
def test_calibration_is_generalised_least_squares(scores: Scores, noise: float, judges: float) -> None:
    x, z, scored = matrices(scores)
    weight = np.linalg.inv(noise * np.eye(len(x)) + judges * z @ z.T)
    covariance = np.linalg.inv(x.T @ weight @ x)
    values = covariance @ x.T @ weight @ scores.totals
    effects = judges * z.T @ weight @ (scores.totals - x @ values)

    fit = fit_judges(Panels(scores), Variances(noise, judges, np.nan, None))

    np.testing.assert_allclose(fit.values[scored], values, rtol=1e-8, atol=1e-6)
    np.testing.assert_allclose(fit.judge_effects, effects, rtol=1e-8, atol=1e-6)
    groups = fit.panels.groups[0][scored]
    centre = np.eye(scored.size) - (groups[:, np.newaxis] == groups) / np.bincount(groups)[groups]
    expected = np.sqrt(np.maximum(np.diag(centre @ covariance @ centre.T), 0))
    np.testing.assert_allclose(fit.standard_errors[scored], expected, rtol=1e-6, atol=1e-6)
    first = np.zeros(scored.size)
    first[0] = 1
    apart = np.eye(scored.size) - first
    differences = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", apart, covariance, apart), 0))
    found = fit.errors_of_differences(int(scored[0]), scored[1:])
    expected = np.where(groups == groups[0], differences, np.inf)[1:]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


@settings(deadline=None)
@given(small_rounds())
def test_variance_components_follow_from_two_least_squares_fits(scores: Scores) -> None:
    x, z, _scored = matrices(scores)
    both = np.hstack([x, z])
    rank, rank_x = np.linalg.matrix_rank(both), np.linalg.matrix_rank(x)
    residual = residual_sum(both, scores.totals)
    reduction = residual_sum(x, scores.totals) - residual
    freedom = len(x) - rank

    found = henderson_three(Panels(scores))

    if not freedom or rank == rank_x:
        assert found.test is None
        return
    assert found.test is not None
    assert (found.test.judge_freedom, found.test.residual_freedom) == (rank - rank_x, freedom)
    assert found.noise == pytest.approx(residual / freedom, abs=1e-6)
    projected = z - x @ np.linalg.lstsq(x, z, rcond=None)[0]
    trace = np.trace(z.T @ projected)
    assert found.judges == pytest.approx(
        max(0, (reduction - (rank - rank_x) * found.noise) / trace), rel=1e-6, abs=1e-6
    )


def residual_sum(design: np.ndarray, totals: np.ndarray) -> float:
    rest = totals - design @ np.linalg.lstsq(design, totals, rcond=None)[0]
    return float(rest @ rest)


def test_intervals_of_nine_in_ten_cover_the_truth_nine_times_in_ten() -> None:
    rng = np.random.default_rng(20130605)
    inside = []
    for _ in range(60):
        quality = rng.normal(0, 5, 120)
        made = judged(random_panels(120, 18, 4, rng), 18, rng, quality=quality)
        found = calibrate(made.scores)
        assert found.judges_corrected
        error = (found.values - found.values.mean()) - (quality - quality.mean())
        inside.append(np.abs(error) <= NORMAL_90 * found.standard_errors)
    assert 0.88 <= np.mean(inside) <= 0.925


def test_order_survives_panels_routed_by_strength_where_z_scores_lose_it() -> None:
    rng = np.random.default_rng(7)
    quality = rng.normal(0, 8, 600)
    panels = routed_panels(quality, 60, 5, rng, anchors=1)
    made = judged(panels, 60, rng, quality=quality, severity=5, noise=5)

    calibrated = spearman(calibrate(made.scores).values, quality)
    standardised = spearman(outcome(Method.Z_SCORE, made.scores).values, quality)

    assert calibrated >= 0.94
    assert standardised < 0.8


def test_strict_panel_is_made_good() -> None:
    cards = [(entry, judge, 50 + entry + 10 * judge) for entry in range(8) for judge in range(3) if (entry + judge) % 3]
    noise = np.random.default_rng(1).normal(0, 0.1, len(cards))
    found = calibrate(scores_of(*[(e, j, t + n) for (e, j, t), n in zip(cards, noise, strict=True)]))
    assert [notice.code for notice in found.notices] == [NoticeCode.JUDGES_DIFFER]
    assert re.match(r"Judges differ \(F = [\d.]+, p < 0\.001\), so each total", found.notices[0].text)
    assert found.order.tolist() == [7, 6, 5, 4, 3, 2, 1, 0]
    np.testing.assert_allclose(found.fit.judge_effects, [-10, 0, 10], atol=0.2)
    assert np.argsort(-found.raw_means).tolist() != found.order.tolist()


def test_judges_that_do_not_differ_leave_the_raw_mean_and_the_result_says_so() -> None:
    rng = np.random.default_rng(3)
    made = judged(random_panels(40, 8, 4, rng), 8, rng, quality=rng.normal(0, 5, 40), severity=0.0)
    found = calibrate(made.scores)
    assert not found.judges_corrected
    assert [notice.code for notice in found.notices] == [NoticeCode.JUDGES_ALIKE]
    np.testing.assert_array_equal(found.values, found.raw_means)
    assert found.notices[0].text.endswith("so the raw weighted mean is used.")
    np.testing.assert_allclose(found.standard_errors, np.sqrt(found.variances.noise_if_alike / 4 * (1 - 1 / 40)))


def test_one_scorecard_each_gives_raw_totals_without_errors() -> None:
    found = calibrate(scores_of((0, 0, 70.0), (1, 1, 80.0), (2, 0, 75.0)))
    assert [notice.code for notice in found.notices] == [
        NoticeCode.NO_TEST,
        NoticeCode.NO_STANDARD_ERRORS,
        NoticeCode.NOT_COMPARABLE,
    ]
    assert found.values.tolist() == [70.0, 80.0, 75.0]
    assert np.isnan(found.standard_errors).all()


def test_panels_that_share_no_judge_are_reported_as_not_comparable() -> None:
    cards = [(entry, judge, 50.0 + entry + 3 * judge) for entry in range(6) for judge in (0, 1)]
    cards += [(entry, judge, 50.0 + entry * 2 + 3 * judge) for entry in range(6, 12) for judge in (2, 3)]
    found = calibrate(scores_of(*cards))
    assert found.groups.tolist() == [0] * 6 + [1] * 6
    told = {notice.code: notice for notice in found.notices}
    assert told[NoticeCode.NOT_COMPARABLE].figures == {"groups": 2}
    assert np.isinf(found.fit.errors_of_differences(0, np.array([6]))).all()


def test_entry_without_scorecard_has_no_value_and_no_place() -> None:
    found = calibrate(scores_of((0, 0, 60.0), (0, 1, 62.0), (2, 0, 70.0), (2, 1, 71.0), entries=3))
    assert np.isnan(found.values[1])
    assert found.order.tolist() == [2, 0]
    assert NoticeCode.NOT_SCORED in {notice.code for notice in found.notices}


def test_judges_that_agree_exactly_break_nothing() -> None:
    same = calibrate(scores_of(*[(entry, judge, 60.0) for entry in range(4) for judge in range(3)]))
    assert same.values.tolist() == [60.0] * 4
    exact = calibrate(scores_of(*[(entry, judge, 60.0 + entry + judge) for entry in range(4) for judge in range(3)]))
    np.testing.assert_allclose(exact.values, [61, 62, 63, 64])


def test_published_total_does_not_hang_on_the_last_bits() -> None:
    assert published(81.125) == published(81.125 - 1e-13) == published(81.125 + 1e-13) == Decimal("81.13")
    with pytest.raises(ValueError, match="without a total"):
        published(float("nan"))


@pytest.mark.parametrize(
    ("entries", "judges", "totals"),
    [([0, 1], [0], [1.0, 2.0]), ([0, 5], [0, 0], [1.0, 2.0]), ([0, 1], [0, 0], [1.0, np.nan])],
)
def test_arrays_that_do_not_fit_are_refused(entries: list[int], judges: list[int], totals: list[float]) -> None:
    with pytest.raises(ValueError, match=r"one length|out of range|not a number"):
        Scores(np.array(entries), np.array(judges), np.array(totals), 2, 1)
