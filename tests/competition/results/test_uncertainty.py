"""Rank intervals, chances at the cut, tie groups."""

import numpy as np
import pytest

from gtn_events.competition.results.calibration import calibrate
from gtn_events.competition.results.fit import fit_judges
from gtn_events.competition.results.panels import Panels
from gtn_events.competition.results.uncertainty import NORMAL_90, draw_totals, rank_uncertainty, tie_groups
from gtn_events.competition.results.variance import Variances
from tests.competition.results.rounds import Round, judged, random_panels, scores_of


def made_round(seed: int = 11, *, entries: int = 60, judges: int = 12, cards: int = 4) -> Round:
    rng = np.random.default_rng(seed)
    return judged(random_panels(entries, judges, cards, rng), judges, rng, quality=rng.normal(0, 6, entries))


def test_draws_have_the_mean_and_the_covariance_of_the_model() -> None:
    scores = made_round(entries=6, judges=3, cards=2).scores
    noise, judges = 9.0, 16.0
    fit = fit_judges(Panels(scores), Variances(noise, judges, np.nan, None))
    x = (scores.entries[:, np.newaxis] == np.arange(6)).astype(float)
    z = (scores.judges[:, np.newaxis] == np.arange(3)).astype(float)
    covariance = np.linalg.inv(x.T @ np.linalg.inv(noise * np.eye(len(x)) + judges * z @ z.T) @ x)

    draws = draw_totals(fit, np.arange(6), np.random.default_rng(1), count=200_000)

    np.testing.assert_allclose(draws.mean(axis=0), fit.values, atol=0.05)
    np.testing.assert_allclose(np.cov(draws, rowvar=False), covariance, atol=0.15)


def test_rank_intervals_hold_the_true_rank_nine_times_in_ten() -> None:
    rng = np.random.default_rng(5)
    inside = []
    for seed in range(25):
        made = made_round(seed)
        found = calibrate(made.scores)
        said = rank_uncertainty(found.fit, np.arange(60), rng, first=10, draws=400)
        truth = np.argsort(np.argsort(-made.quality)) + 1
        inside.append((said.lowest <= truth) & (truth <= said.highest))
    assert 0.85 <= np.mean(inside) <= 0.95


def test_chances_of_the_first_k_add_up_to_k() -> None:
    found = calibrate(made_round().scores)
    said = rank_uncertainty(found.fit, found.order, np.random.default_rng(1), first=10, draws=500)
    assert said.chance.sum() == pytest.approx(10)
    assert said.chance[0] > 0.9
    assert said.chance[-1] < 0.1
    assert (said.lowest <= said.highest).all()


def test_same_seed_gives_the_same_figures() -> None:
    found = calibrate(made_round().scores)
    one, other = (rank_uncertainty(found.fit, found.order, np.random.default_rng(9), first=5) for _ in range(2))
    np.testing.assert_array_equal(one.chance, other.chance)
    np.testing.assert_array_equal(one.highest, other.highest)


def test_leading_entries_alone_have_nearly_the_ranks_they_have_among_all() -> None:
    found = calibrate(made_round().scores)
    few, every = (
        rank_uncertainty(found.fit, found.order[:count], np.random.default_rng(9), first=5) for count in (30, 60)
    )
    np.testing.assert_allclose(few.lowest[:10], every.lowest[:10], atol=1)
    np.testing.assert_allclose(few.chance[:10], every.chance[:10], atol=0.05)


def test_tie_group_holds_who_cannot_be_told_from_its_best() -> None:
    found = calibrate(made_round().scores)
    groups = tie_groups(found.fit, found.order)
    assert groups[0] == 0
    assert set(np.diff(groups)) <= {0, 1}
    for number in range(groups[-1] + 1):
        members = found.order[groups == number]
        apart = found.values[members[0]] - found.values[members[1:]]
        assert (apart <= NORMAL_90 * found.fit.errors_of_differences(int(members[0]), members[1:])).all()
        following = found.order[groups == number + 1][:1]
        error = found.fit.errors_of_differences(int(members[0]), following)
        assert (found.values[members[0]] - found.values[following] > NORMAL_90 * error).all()


def test_tie_groups_do_not_change_with_how_far_ahead_is_looked() -> None:
    found = calibrate(made_round(entries=300, judges=20, cards=3).scores)
    groups = tie_groups(found.fit, found.order)
    start = 0
    for number in range(groups[-1] + 1):
        best, rest = int(found.order[start]), found.order[start + 1 :]
        told = found.values[best] - found.values[rest] > NORMAL_90 * found.fit.errors_of_differences(best, rest)
        size = 1 + (int(np.argmax(told)) if told.any() else rest.size)
        assert (groups == number).sum() == size
        start += size


def test_entries_of_panels_without_a_common_judge_are_never_told_apart() -> None:
    cards = [(entry, judge, 90.0 - entry % 3 + judge) for entry in range(3) for judge in (0, 1)]
    cards += [(entry, judge, 10.0 - entry % 3 + judge) for entry in range(3, 6) for judge in (2, 3)]
    found = calibrate(scores_of(*cards))
    fit = fit_judges(Panels(found.fit.panels.scores), Variances(1.0, 1.0, 1.0, None))
    assert tie_groups(fit, np.array([0, 3])).tolist() == [0, 0]
