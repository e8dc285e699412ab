"""How a judge's totals lie to the others': severity, agreement, drift over time."""

import numpy as np
from scipy.special import ndtr, stdtr

from ..fit import Fit
from ..scores import FloatArray, Scores, none_as_nan
from .findings import Pattern
from .screening import Screening

LEAST_CARDS = 5
LEAST_JUDGES = 4


def severity(fit: Fit) -> Screening:
    """Return how generous each judge is beside an average one, in points.

    That judges differ is expected, so the test asks who lies outside what all other judges show: the effect's
    distance to their mean over their spread (externally studentised), by t, two-sided.
    """
    cards = fit.panels.scores.cards_of_judges
    effects = np.where(cards >= LEAST_CARDS, fit.judge_effects, np.nan)
    p = np.full(effects.shape, np.nan)
    known = np.flatnonzero(cards >= LEAST_CARDS)
    if known.size >= LEAST_JUDGES:
        p[known] = 2 * stdtr(known.size - 2, -np.abs(_studentised(effects[known])))
    return Screening(Pattern.SEVERITY, effects, 0.0, fit.judge_errors, cards, p)


def agreement(fit: Fit) -> Screening:
    """Return the correlation of each judge's totals with the mean of the others' for the same entries.

    The judge is left out of that mean, and every total is corrected for its judge's severity first. Fisher's
    transformation is compared with the median judge's, one-sided: only low agreement is looked for.
    """
    scores = fit.panels.scores
    corrected = scores.totals - fit.judge_effects[scores.judges]
    others = mean_of_others(scores, corrected)
    known = ~np.isnan(others)
    cards = np.bincount(scores.judges[known], minlength=scores.judge_count)
    values = np.where(cards >= LEAST_CARDS, _correlations(scores, corrected, others), np.nan)
    usual = float(np.nanmedian(values)) if (~np.isnan(values)).any() else np.nan
    with np.errstate(invalid="ignore"):
        errors = 1.0 / np.sqrt(np.maximum(cards - 3, 1))
        p = ndtr((fisher(values) - fisher(np.array(usual))) / errors)
    return Screening(Pattern.AGREEMENT, values, usual, errors * (1 - values**2), cards, p)


def drift(fit: Fit, moments: FloatArray) -> Screening:
    """Return by how many points each judge's totals changed from the first to the last scorecard.

    Args:
        fit: the solved model; its residuals hold neither the entries nor the judges.
        moments: when each scorecard was submitted, in any unit, in the order of the scorecards.

    The change is the least-squares slope times the time that passed; tested by t.
    """
    scores = fit.panels.scores
    residuals = scores.totals - fit.values[scores.entries] - fit.judge_effects[scores.judges]
    time, rest = _centred(scores, moments), _centred(scores, residuals)
    cards, square = scores.cards_of_judges, scores.judge_sums(time**2)
    usable = (cards >= LEAST_CARDS) & (square > 0)
    safe = np.where(usable, square, 1.0)
    slopes = np.where(usable, scores.judge_sums(time * rest) / safe, np.nan)
    left = scores.judge_sums((rest - np.nan_to_num(slopes)[scores.judges] * time) ** 2)
    slope_errors = np.sqrt(left / np.maximum(cards - 2, 1) / safe)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(np.maximum(cards - 2, 1), -np.abs(slopes) / slope_errors)
    passed = _spans(scores, moments)
    return Screening(Pattern.DRIFT, slopes * passed, 0.0, slope_errors * passed, cards, p)


def mean_of_others(scores: Scores, of_cards: FloatArray) -> FloatArray:
    """Return for each scorecard the mean figure of the other scorecards of its entry; NaN if there is none."""
    others = none_as_nan(scores.cards_of_entries - 1)[scores.entries]
    return (scores.entry_sums(of_cards)[scores.entries] - of_cards) / others


def fisher(correlations: FloatArray) -> FloatArray:
    """Return Fisher's z of correlations, kept off the ends where it is infinite."""
    return np.arctanh(np.clip(correlations, -0.999, 0.999))


def _studentised(figures: FloatArray) -> FloatArray:
    """Return the distance of each figure to the mean of the others, in their standard deviations."""
    count = figures.size
    means = (figures.sum() - figures) / (count - 1)
    squares = (figures @ figures - figures**2) - (count - 1) * means**2
    spread = np.sqrt(np.maximum(squares, 0.0) / (count - 2) * count / (count - 1))
    return np.divide(figures - means, spread, out=np.zeros_like(figures), where=spread > 0)


def _centred(scores: Scores, of_cards: FloatArray) -> FloatArray:
    return of_cards - (scores.judge_sums(of_cards) / none_as_nan(scores.cards_of_judges))[scores.judges]


def _spans(scores: Scores, moments: FloatArray) -> FloatArray:
    first, last = np.full(scores.judge_count, np.inf), np.full(scores.judge_count, -np.inf)
    np.minimum.at(first, scores.judges, moments)
    np.maximum.at(last, scores.judges, moments)
    return np.where(np.isfinite(first), last - np.where(np.isfinite(first), first, 0.0), np.nan)


def _correlations(scores: Scores, own: FloatArray, others: FloatArray) -> FloatArray:
    known = ~np.isnan(others)
    part = Scores(scores.entries[known], scores.judges[known], own[known], scores.entry_count, scores.judge_count)
    x, y = _centred(part, own[known]), _centred(part, others[known])
    size = part.judge_sums(x**2) * part.judge_sums(y**2)
    return part.judge_sums(x * y) / np.sqrt(np.where(size > 0, size, np.nan))
