"""Whether judges give entries of their own economy more than other judges do, and who stands out even then."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from ..scores import FloatArray, IntArray, Scores, none_as_nan
from .findings import Pattern
from .levels import mean_of_others
from .screening import Screening

LEAST_HOME_CARDS = 2


@dataclass(frozen=True)
class HomeEffect:
    """The effect in the whole round: points from the mean of the other judges, at home and elsewhere.

    ``effect`` is home minus elsewhere, ``p`` its two-sided p-value; all NaN without a card of either kind.
    """

    home_cards: int
    other_cards: int
    home: float
    other: float
    standard_error: float
    p: float

    @property
    def effect(self) -> float:
        return self.home - self.other


def home_effect(scores: Scores, at_home: FloatArray) -> HomeEffect:
    """Return how much more a judge gives to entries of their own economy than the others give to these entries.

    Args:
        scores: the totals.
        at_home: 1.0 for a scorecard whose judge and entry are of one economy, 0.0 otherwise, NaN to leave it
            out (economy not known).
    """
    apart, home, away = _parts(scores, at_home)
    means = [float(apart[part].mean()) if part.any() else np.nan for part in (home, away)]
    error = float(np.sqrt(_variance_of_mean(apart[home]) + _variance_of_mean(apart[away])))
    p = float(2 * ndtr(-abs(means[0] - means[1]) / error)) if error > 0 else np.nan
    return HomeEffect(int(home.sum()), int(away.sum()), means[0], means[1], error, p)


def home_economy(scores: Scores, at_home: FloatArray) -> Screening:
    """Return each judge's own home effect; the test is its excess over the effect of all judges together.

    A judge needs two scorecards at home and two elsewhere. The noise of one scorecard is pooled over judges,
    since few of them have many scorecards at home. One-sided: only favour beyond the usual is looked for.
    """
    apart, home, away = _parts(scores, at_home)
    count = [_count(scores, part) for part in (home, away)]
    mean = [_mean(scores, apart, part) for part in (home, away)]
    enough = np.minimum(*count) >= LEAST_HOME_CARDS
    values = np.where(enough, mean[0] - mean[1], np.nan)
    usual = home_effect(scores, at_home).effect
    noise = _pooled_noise(scores, apart, (home, mean[0]), (away, mean[1]))
    errors = np.sqrt(noise * (1 / none_as_nan(count[0]) + 1 / none_as_nan(count[1])))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = ndtr(-(values - usual) / errors)
    return Screening(Pattern.HOME_ECONOMY, values, usual, errors, count[0], p)


def _parts(scores: Scores, at_home: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
    apart = scores.totals - mean_of_others(scores, scores.totals)
    known = ~np.isnan(apart)
    return apart, known & (at_home == 1.0), known & (at_home == 0.0)


def _variance_of_mean(figures: FloatArray) -> float:
    return float(figures.var(ddof=1)) / figures.size if figures.size > 1 else np.nan


def _count(scores: Scores, part: IntArray) -> IntArray:
    return np.bincount(scores.judges[part], minlength=scores.judge_count)


def _mean(scores: Scores, apart: FloatArray, part: IntArray) -> FloatArray:
    return scores.judge_sums(np.where(part, apart, 0.0)) / none_as_nan(_count(scores, part))


def _pooled_noise(scores: Scores, apart: FloatArray, *groups: tuple[IntArray, FloatArray]) -> float:
    """Return the variance of a scorecard within judge and kind."""
    squares, freedom = 0.0, 0
    for part, means in groups:
        squares += float(((apart - means[scores.judges])[part] ** 2).sum())
        freedom += int(part.sum()) - int(np.unique(scores.judges[part]).size)
    return squares / freedom if freedom > 0 else np.nan
