"""A fixed live jury, in which every judge scored every entry: Borda's count and Schulze's method."""

import numpy as np

from .notices import Notice, NoticeCode, ResultsRefused
from .scores import FloatArray, IntArray, Scores


def preferences(scores: Scores) -> IntArray:
    """Return for each pair how many judges gave the entry of the row more than the entry of the column.

    Raises:
        ResultsRefused: a scorecard is missing or double.
    """
    totals = _complete(scores)
    preferred = np.zeros((scores.entry_count, scores.entry_count), dtype=np.int64)
    for of_judge in totals:
        preferred += of_judge[:, np.newaxis] > of_judge
    return preferred


def borda_points(scores: Scores) -> FloatArray:
    """Return the points: for each judge one for every entry placed lower, half for every equal one.

    Raises:
        ResultsRefused: a scorecard is missing or double.
    """
    preferred = preferences(scores)
    equal = scores.judge_count - preferred - preferred.T
    np.fill_diagonal(equal, 0)
    points: FloatArray = preferred.sum(axis=1) + equal.sum(axis=1) / 2
    return points


def schulze_points(scores: Scores) -> FloatArray:
    """Return for each entry how many others it beats along the strongest chains (winning votes).

    The relation is transitive, so whoever beats another also has more points.
    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method", Social Choice and Welfare 36 (2011) 267-303.

    Raises:
        ResultsRefused: a scorecard is missing or double.
    """
    preferred = preferences(scores)
    strength = np.where(preferred > preferred.T, preferred, 0)
    for via in range(scores.entry_count):
        np.maximum(strength, np.minimum(strength[:, [via]], strength[[via]]), out=strength)
    return (strength > strength.T).sum(axis=1).astype(np.float64)


def _complete(scores: Scores) -> FloatArray:
    cells = scores.judges * scores.entry_count + scores.entries
    size = scores.judge_count * scores.entry_count
    wrong = int(np.abs(np.bincount(cells, minlength=size) - 1).sum())
    if wrong:
        raise ResultsRefused(Notice(NoticeCode.JURY_INCOMPLETE, {"missing": wrong}))
    totals = np.empty(size)
    totals[cells] = scores.totals
    return totals.reshape(scores.judge_count, scores.entry_count)
