"""Patterns are found where they were put, rarely elsewhere, and worded as a request to look."""

import re

import numpy as np
import pytest

from gtn_events.competition.results.fit import Fit, fit_judges
from gtn_events.competition.results.integrity.criteria import halo, straight_lining
from gtn_events.competition.results.integrity.findings import SENTENCES, Pattern
from gtn_events.competition.results.integrity.home import home_economy, home_effect
from gtn_events.competition.results.integrity.levels import agreement, drift, severity
from gtn_events.competition.results.integrity.screening import Screening, adjusted_p
from gtn_events.competition.results.panels import Panels
from gtn_events.competition.results.scores import FloatArray, Scores
from gtn_events.competition.results.variance import Variances, henderson_three
from tests.competition.results.rounds import judged, random_panels

JUDGES, ENTRIES, CARDS = 24, 200, 4
ODD = 7


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20130606)


@pytest.fixture
def scores(rng: np.random.Generator) -> Scores:
    panels = random_panels(ENTRIES, JUDGES, CARDS, rng)
    return judged(panels, JUDGES, rng, quality=rng.normal(0, 7, ENTRIES), severity=2, noise=4).scores


def changed(scores: Scores, totals: FloatArray) -> Scores:
    return Scores(scores.entries, scores.judges, totals, scores.entry_count, scores.judge_count)


def fitted(scores: Scores) -> Fit:
    panels = Panels(scores)
    found = henderson_three(panels)
    return fit_judges(panels, Variances(found.noise, max(found.judges, 0.1), np.nan, None))


def judges_in(screening: Screening) -> list[int]:
    return [finding.judge for finding in screening.findings()]


def test_ordinary_round_has_no_findings(scores: Scores, rng: np.random.Generator) -> None:
    fit, moments = fitted(scores), rng.random(scores.totals.size)
    levels = levels_of(scores, rng)
    assert judges_in(severity(fit)) == []
    assert judges_in(agreement(fit)) == []
    assert judges_in(drift(fit, moments)) == []
    assert judges_in(home_economy(scores, at_home(scores))) == []
    assert judges_in(straight_lining(levels, scores.judges, JUDGES)) == []
    assert judges_in(halo(levels, scores.judges, JUDGES)) == []


def test_judge_far_stricter_than_the_others_is_found(scores: Scores) -> None:
    found = severity(fitted(changed(scores, scores.totals - 12.0 * (scores.judges == ODD))))
    (finding,) = found.findings()
    assert (finding.judge, finding.cards) == (ODD, scores.cards_of_judges[ODD])
    assert finding.value == pytest.approx(-12, abs=3)
    assert finding.text.startswith("Please review: this judge scores -1")


def test_judge_whose_order_is_another_is_found(scores: Scores, rng: np.random.Generator) -> None:
    totals = scores.totals.copy()
    totals[scores.judges == ODD] = rng.permutation(totals[scores.judges == ODD])
    found = agreement(fitted(changed(scores, totals)))
    assert judges_in(found) == [ODD]
    assert found.values[ODD] < 0.4 < found.usual


def test_agreement_is_not_lowered_by_strict_colleagues(scores: Scores) -> None:
    plain = agreement(fitted(scores))
    harsh = agreement(fitted(changed(scores, scores.totals - 15.0 * (scores.judges % 3 == 0))))
    assert harsh.usual == pytest.approx(plain.usual, abs=0.06)


def test_judge_who_drifts_is_found_with_the_change_in_points(scores: Scores, rng: np.random.Generator) -> None:
    moments = rng.random(scores.totals.size)
    found = drift(fitted(changed(scores, scores.totals - 14.0 * moments * (scores.judges == ODD))), moments)
    (finding,) = found.findings()
    assert finding.judge == ODD
    assert finding.value == pytest.approx(-14, abs=4)


def levels_of(scores: Scores, rng: np.random.Generator) -> FloatArray:
    """Return four criteria on 1 to 5, as parts of the scale, that go together as quality does."""
    quality = (scores.totals - scores.totals.mean()) / scores.totals.std()
    own = quality[:, np.newaxis] * 0.6 + rng.normal(0, 0.8, (quality.size, 4))
    return np.clip(np.round(2 + own), 0, 4) / 4


def test_judge_who_ticks_one_level_down_the_card_is_found(scores: Scores, rng: np.random.Generator) -> None:
    levels = levels_of(scores, rng)
    lined = (scores.judges == ODD) & (rng.random(scores.judges.size) < 0.7)
    levels[lined] = levels[lined][:, :1]
    found = straight_lining(levels, scores.judges, JUDGES)
    (finding,) = found.findings()
    assert finding.judge == ODD
    assert finding.value > 0.5 > finding.usual
    assert "% of this judge's scorecards have the same level" in finding.text


def test_scorecard_with_one_score_or_none_is_not_a_straight_line() -> None:
    levels = np.array([[0.5, np.nan], [np.nan, np.nan], [0.5, 0.5], [0.5, 0.75], [0.0, 1.0]])
    assert straight_lining(levels, np.zeros(5, dtype=np.int64), 1).values.tolist() == [0.2]


def test_judge_whose_criteria_move_as_one_is_found(scores: Scores, rng: np.random.Generator) -> None:
    levels = levels_of(scores, rng)
    own = scores.judges == ODD
    levels[own] = np.clip(levels[own][:, :1] + rng.choice([0, 0, 0, 0.25], (own.sum(), 4)), 0, 1)
    found = halo(levels, scores.judges, JUDGES)
    assert judges_in(found) == [ODD]
    assert found.values[ODD] > 0.75 > found.usual + 0.2


def at_home(scores: Scores) -> FloatArray:
    """Entries and judges of six economies, in turn."""
    home: FloatArray = (scores.entries % 6 == scores.judges % 6).astype(float)
    return home


def test_home_effect_of_the_round_is_found_with_its_size(scores: Scores) -> None:
    home = at_home(scores)
    before = home_effect(scores, home)
    after = home_effect(changed(scores, scores.totals + 3.0 * home), home)
    # The others' mean holds compatriots as well, so a little of the three points is lost on the way.
    assert after.effect - before.effect == pytest.approx(3.0, abs=0.3)
    assert (after.home_cards, after.other_cards) == (home.sum(), (1 - home).sum())
    assert after.p < 0.001 < before.p


def test_judge_beyond_the_usual_home_effect_is_found_and_the_others_are_not(scores: Scores) -> None:
    home = at_home(scores)
    usual = scores.totals + 3.0 * home
    assert judges_in(home_economy(changed(scores, usual), home)) == []
    found = home_economy(changed(scores, usual + 12.0 * home * (scores.judges == ODD)), home)
    (finding,) = found.findings()
    assert finding.judge == ODD
    assert finding.usual == pytest.approx(3, abs=1.5)


def test_card_of_unknown_economy_counts_neither_way(scores: Scores) -> None:
    home = at_home(scores)
    home[:100] = np.nan
    effect = home_effect(scores, home)
    assert effect.home_cards + effect.other_cards == scores.totals.size - 100


def test_chance_findings_stay_rare_over_many_rounds(rng: np.random.Generator) -> None:
    rounds_with = np.zeros(6)
    for _ in range(100):
        made = judged(random_panels(80, 16, 4, rng), 16, rng, quality=rng.normal(0, 7, 80), severity=2, noise=4).scores
        fit, levels = fitted(made), levels_of(made, rng)
        found = [severity(fit), agreement(fit), drift(fit, rng.random(320)), home_economy(made, at_home(made))]
        found += [straight_lining(levels, made.judges, 16), halo(levels, made.judges, 16)]
        rounds_with += [bool(screening.findings()) for screening in found]
    # An exact test at 5 % has 5 on average, and more than 11 in less than 1 of 200 such tests.
    assert rounds_with.max() <= 11


def test_p_values_are_adjusted_as_benjamini_and_hochberg_say() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.005, 1.0])
    np.testing.assert_allclose(adjusted_p(p), [0.025, np.nan, 0.05, 0.05, 0.025, 1.0])
    assert adjusted_p(np.array([])).size == 0


def test_no_wording_accuses() -> None:
    assert set(SENTENCES) == set(Pattern)
    for sentence in SENTENCES.values():
        assert sentence.startswith("Please review: ")
        assert not re.search(r"bias|unfair|cheat|manipulat|favour|fraud|wrong|suspicio", sentence, re.IGNORECASE)
