"""How sure a rank is: joint draws of all totals, rank intervals, the chance of the first k, tie groups."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from .fit import Fit
from .scores import FloatArray, IntArray

DRAWS = 2000
TAIL = 0.05
# Two-sided 90 % of the normal distribution.
NORMAL_90 = 1.6448536269514722
BLOCK = 250
LOOK_AHEAD = 64


@dataclass(frozen=True, eq=False)
class RankUncertainty:
    """For each of ``entries``: the 90 % rank interval (1 is best) and the chance of being in the first k."""

    entries: IntArray
    lowest: IntArray
    highest: IntArray
    chance: FloatArray


def draw_totals(fit: Fit, entries: IntArray, rng: np.random.Generator, *, count: int) -> FloatArray:
    """Return ``count`` joint draws (rows) of mu + q of the entries (columns).

    First the judges, ``s ~ N(s_hat, sigma2 S^-1)``, then the entries given the judges:
    ``mu + q | s ~ N(raw mean - A s, sigma2 D_e^-1)``. Together they have the covariance of the mixed model.
    """
    panels, root = fit.panels, np.sqrt(fit.noise)
    draws: FloatArray = rng.standard_normal((count, entries.size))
    draws *= root * np.sqrt(panels.weights[entries])
    draws += fit.values[entries]
    if fit.lower is not None:
        steps = rng.standard_normal((fit.lower.shape[0], count))
        judges = solve_triangular(fit.lower, steps, lower=True, trans="T", check_finite=False)
        draws -= root * (panels.shares[entries] @ judges).T
    return draws


def rank_uncertainty(
    fit: Fit, entries: IntArray, rng: np.random.Generator, *, first: int, draws: int = DRAWS
) -> RankUncertainty:
    """Return how sure the ranks of the entries among themselves are.

    Entries of groups that share no judge are ranked as if all judges came from one pool; nothing in the scorecards
    can confirm that, and the result's notice says so.

    Args:
        fit: the solved model; see `Calibration.fit`.
        entries: whom to rank, each with a scorecard: all, or the leading ones when only those matter.
        rng: a seeded generator, so that the figures can be repeated.
        first: k, the number of places at the cut.
        draws: how often the totals are drawn.
    """
    ranks = np.empty((draws, entries.size), dtype=np.int32)
    for start in range(0, draws, BLOCK):
        block = ranks[start : start + BLOCK]
        order = np.argsort(-draw_totals(fit, entries, rng, count=len(block)), axis=1)
        np.put_along_axis(block, order, np.arange(1, entries.size + 1, dtype=np.int32), axis=1)
    chance = (ranks <= first).mean(axis=0)
    below = int(TAIL * (draws - 1))
    ordered = np.partition(np.ascontiguousarray(ranks.T), (below, draws - 1 - below), axis=1)
    return RankUncertainty(
        entries, ordered[:, below].astype(np.int64), ordered[:, draws - 1 - below].astype(np.int64), chance
    )


def tie_groups(fit: Fit, order: IntArray) -> IntArray:
    """Return the number of the tie group of each place of ``order``, 0 for the group of the first.

    The best entry opens a group. The following ones belong to it, one after the other, as long as their
    difference to that best entry stays below 1.645 of its standard error (90 %, two-sided). The first that
    differs opens the next group. So each member of a group cannot be told from the group's best; entries whose
    panels share no judge can never be told apart.

    Args:
        order: indexes of entries with a scorecard, best first.
    """
    numbers = np.empty(order.size, dtype=np.int64)
    start = group = 0
    while start < order.size:
        end = _end_of_group(fit, order, start)
        numbers[start:end] = group
        start, group = end, group + 1
    return numbers


def _end_of_group(fit: Fit, order: IntArray, start: int) -> int:
    best, at, ahead = int(order[start]), start + 1, LOOK_AHEAD
    while at < order.size:
        following = order[at : at + ahead]
        apart = fit.values[best] - fit.values[following]
        told = apart > NORMAL_90 * fit.errors_of_differences(best, following)
        if told.any():
            return at + int(np.argmax(told))
        at, ahead = at + following.size, 2 * ahead
    return int(order.size)
