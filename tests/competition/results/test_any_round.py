"""However few scorecards there are and however they lie, no figure breaks and none is made up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.enums import Method
from gtn_events.competition.results.calibration import calibrate
from gtn_events.competition.results.integrity.criteria import halo, straight_lining
from gtn_events.competition.results.integrity.home import home_economy, home_effect
from gtn_events.competition.results.integrity.levels import agreement, drift, severity
from gtn_events.competition.results.methods import outcome
from gtn_events.competition.results.more_scorecards import more_scorecards
from gtn_events.competition.results.notices import ResultsRefused
from gtn_events.competition.results.scores import Scores
from gtn_events.competition.results.uncertainty import rank_uncertainty, tie_groups
from tests.competition.results.rounds import small_rounds


@settings(deadline=None)
@given(small_rounds(), st.sampled_from(Method))
def test_every_method_values_exactly_the_scored_entries(scores: Scores, method: Method) -> None:
    try:
        made = outcome(method, scores)
    except ResultsRefused:
        assert method in (Method.BORDA, Method.SCHULZE)
        return
    np.testing.assert_array_equal(np.isnan(made.values), scores.cards_of_entries == 0)
    assert sorted(made.order) == np.flatnonzero(scores.cards_of_entries).tolist()
    assert all(notice.text for notice in made.notices)


@settings(deadline=None)
@given(small_rounds())
def test_ranks_and_ties_cover_all_scored_entries(scores: Scores) -> None:
    made = calibrate(scores)
    groups = tie_groups(made.fit, made.order)
    assert groups.size == made.order.size
    more_scorecards(made, places=1, scorecards=3)
    if np.isfinite(made.standard_errors[made.order]).all():
        said = rank_uncertainty(made.fit, made.order, np.random.default_rng(1), first=1, draws=40)
        assert (said.lowest >= 1).all()
        assert (said.highest <= made.order.size).all()


@settings(deadline=None)
@given(small_rounds(), st.randoms(use_true_random=False))
def test_integrity_finds_nothing_in_next_to_nothing(scores: Scores, chance: object) -> None:
    rng = np.random.default_rng(chance.randint(0, 99))  # type: ignore[attr-defined]  # a random.Random
    fit, count = calibrate(scores).fit, scores.totals.size
    levels = rng.integers(0, 3, (count, 3)) / 2
    at_home = rng.choice([0.0, 1.0, np.nan], count)
    home_effect(scores, at_home)
    for screening in (
        severity(fit),
        agreement(fit),
        drift(fit, rng.random(count)),
        straight_lining(levels, scores.judges, scores.judge_count),
        halo(levels, scores.judges, scores.judge_count),
        home_economy(scores, at_home),
    ):
        for finding in screening.findings():
            assert finding.text.startswith("Please review: ")
            assert np.isfinite(finding.value)
