"""How a judge uses the criteria: all at one level, or all moving together."""

import numpy as np
from scipy.special import bdtrc, ndtr

from ..scores import FloatArray, IntArray
from .findings import Pattern
from .levels import LEAST_CARDS, fisher
from .screening import Screening

SAME = 1e-9


def straight_lining(levels: FloatArray, judges: IntArray, judge_count: int) -> Screening:
    """Return the share of each judge's scorecards that have the same level in every criterion.

    Args:
        levels: scorecards by criteria, each score as a part of its scale from 0 to 1 (NaN for none).
        judges: index of the judge of each scorecard.
        judge_count: how many judges there are.

    Each judge's count is compared with the share among the other judges (binomial, one-sided). A scorecard with
    fewer than two scores says nothing here and counts as not flat.
    """
    scored = (~np.isnan(levels)).sum(axis=1)
    span = np.fmax.reduce(levels, axis=1) - np.fmin.reduce(levels, axis=1)
    flat = ((scored > 1) & (span <= SAME)).astype(float)
    cards = np.bincount(judges, minlength=judge_count)
    count = np.bincount(judges, weights=flat, minlength=judge_count)
    enough = cards >= LEAST_CARDS
    values = np.where(enough, count / np.maximum(cards, 1), np.nan)
    usual = float(np.mean(flat)) if flat.size else np.nan
    # One more flat card than seen keeps the others' share off 0, where a single flat card would be a finding.
    others = (count.sum() - count + 1) / (cards.sum() - cards + 2)
    p = np.where(enough, np.where(count > 0, bdtrc(np.maximum(count - 1, 0), cards, others), 1.0), np.nan)
    errors = np.sqrt(others * (1 - others) / np.maximum(cards, 1))
    return Screening(Pattern.STRAIGHT_LINING, values, usual, errors, cards, p)


def halo(levels: FloatArray, judges: IntArray, judge_count: int) -> Screening:
    """Return the mean correlation between a judge's criteria over their scorecards.

    Args:
        levels: scorecards by criteria, without gaps (leave incomplete scorecards out).
        judges: index of the judge of each scorecard.
        judge_count: how many judges there are.

    Good entries are good in many things, so some correlation is right; Fisher's transformation is compared with
    the median judge's, one-sided, as if the mean rested on one pair (cautious: it rests on more).
    """
    cards = np.bincount(judges, minlength=judge_count)
    values = np.full(judge_count, np.nan)
    for judge in np.flatnonzero(cards >= LEAST_CARDS):
        values[judge] = _mean_correlation(levels[judges == judge])
    usual = float(np.nanmedian(values)) if (~np.isnan(values)).any() else np.nan
    errors = 1.0 / np.sqrt(np.maximum(cards - 3, 1))
    p = ndtr(-(fisher(values) - fisher(np.array(usual))) / errors)
    return Screening(Pattern.HALO, values, usual, errors * (1 - values**2), cards, p)


def _mean_correlation(levels: FloatArray) -> float:
    """Return the mean over pairs of criteria that vary; NaN when fewer than two do."""
    varying = levels[:, levels.std(axis=0) > SAME]
    size = varying.shape[1]
    if size < 2:
        return np.nan
    return float((np.corrcoef(varying, rowvar=False).sum() - size) / (size * (size - 1)))
