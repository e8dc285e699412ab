"""The preview of an assignment before it is released."""

import numpy as np

from gtn_events.competition.assignment import (
    NO_PAIRS,
    Rules,
    SameEconomy,
    coverage_of,
    pairs_of,
)
from tests.competition.assignment.instances import problem_of


def test_coverage_counts_loads_panels_and_fit() -> None:
    problem = problem_of(
        [2, 2, 1],
        [4, 2, 0],
        entry_economies=[{"PE"}, {"VN"}, {"CHL"}],
        judge_economies=["VN", "VN", None],
        fit=[[1, 0.5, 0], [0.5, 0, 0], [0, 0, 0]],
        rules=Rules(same_economy=SameEconomy.ESTIMATE),
    )

    preview = coverage_of(problem, pairs_of([(0, 0), (0, 1), (1, 0)]))

    assert (preview.loads.tolist(), preview.load_share.tolist()) == ([2, 1, 0], [0.5, 0.5, 0])
    assert (preview.panel_sizes.tolist(), preview.fully_covered(problem.entries.demand)) == ([2, 1, 0], 1)
    assert (preview.economies, preview.composition.tolist()) == (("VN",), [[2, 0], [1, 0], [0, 0]])
    assert preview.most_of_one_economy.tolist() == [2, 1, 0]
    assert preview.same_economy.tolist() == [[1, 0]]
    assert preview.panel_fit[:2].tolist() == [0.75, 0.5]
    assert np.isnan(preview.panel_fit[2])
    fit = preview.fit
    assert (round(fit.mean, 6), fit.least, fit.lower_quartile, fit.median, fit.upper_quartile) == (
        0.666667,
        0.5,
        0.5,
        0.5,
        0.75,
    )


def test_coverage_of_nothing_is_zero() -> None:
    preview = coverage_of(problem_of([1], [1]), NO_PAIRS)

    assert (preview.loads.tolist(), preview.fit.mean, preview.most_of_one_economy.tolist()) == ([0], 0, [0])
