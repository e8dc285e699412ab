"""The methods of ranking beside calibration; each returns the same kind of outcome, with its warnings.

A method is chosen and frozen before the round opens. Only calibration corrects for who judged whom.
"""

from collections.abc import Callable

import numpy as np

from ..enums import Method
from .calibration import calibrate, raw_mean
from .graph import groups_of
from .jury import borda_points, schulze_points
from .notices import Notice, NoticeCode
from .outcome import Outcome, common_notices
from .scores import FloatArray, Scores, none_as_nan

Valued = tuple[FloatArray, tuple[Notice, ...]]


def outcome(method: Method, scores: Scores) -> Outcome:
    """Return what the method makes of the scorecards.

    Raises:
        ResultsRefused: Borda or Schulze, and not every judge scored every entry once.
    """
    if method is Method.CALIBRATED:
        return calibrate(scores)
    if method is Method.RAW_MEAN:
        return raw_mean(scores)
    values, notices = _VALUES[method](scores)
    return _without_errors(method, scores, values, notices)


def trimmed_means(scores: Scores) -> Valued:
    """Return the mean without one highest and one lowest total of each entry.

    As the International Skating Union computes the score of a panel. With fewer than three scorecards
    nothing is left out, and a notice counts such entries.
    """
    cards = scores.cards_of_entries
    highest, lowest = np.full((2, scores.entry_count), -np.inf)
    np.maximum.at(highest, scores.entries, scores.totals)
    np.maximum.at(lowest, scores.entries, -scores.totals)
    sums, enough = scores.entry_sums(scores.totals), cards >= 3
    with np.errstate(invalid="ignore"):
        trimmed = (sums - highest + lowest) / np.maximum(cards - 2, 1)
    values = np.where(enough, trimmed, scores.raw_means)
    few = int(np.count_nonzero((cards > 0) & ~enough))
    more = (Notice(NoticeCode.TOO_FEW_TO_TRIM, {"count": few}),) if few else ()
    return values, (Notice(NoticeCode.TRIMMED), *more)


def sums(scores: Scores) -> Valued:
    """Return the sum of the totals; a notice tells when entries have unequal numbers of scorecards."""
    cards = scores.cards_of_entries
    values = np.where(cards > 0, scores.entry_sums(scores.totals), np.nan)
    least, most = (int(cards[cards > 0].min()), int(cards.max())) if cards.any() else (0, 0)
    unequal = (Notice(NoticeCode.UNEQUAL_COUNTS, {"least": least, "most": most}),) if least != most else ()
    return values, unequal


def medians(scores: Scores) -> Valued:
    """Return the middle total, or the mean of the two in the middle."""
    ordered = scores.totals[np.lexsort((scores.totals, scores.entries))]
    cards = scores.cards_of_entries
    scored = cards > 0
    first = (np.cumsum(cards) - cards)[scored]
    values = np.full(scores.entry_count, np.nan)
    values[scored] = (ordered[first + (cards[scored] - 1) // 2] + ordered[first + cards[scored] // 2]) / 2
    return values, (Notice(NoticeCode.MEDIAN_IS_COARSE),)


def z_scores(scores: Scores) -> Valued:
    """Return the mean of totals standardised within each judge. Never the default: see its notice."""
    cards = none_as_nan(scores.cards_of_judges)
    apart = scores.totals - (scores.judge_sums(scores.totals) / cards)[scores.judges]
    spread = np.sqrt(scores.judge_sums(apart**2) / none_as_nan(scores.cards_of_judges - 1))
    flat = ~(spread > 0)
    standard = np.where(flat[scores.judges], 0.0, apart / np.where(flat, 1.0, spread)[scores.judges])
    values = scores.entry_sums(standard) / none_as_nan(scores.cards_of_entries)
    count = int(np.count_nonzero(flat & (scores.cards_of_judges > 0)))
    more = (Notice(NoticeCode.JUDGE_WITHOUT_SPREAD, {"count": count}),) if count else ()
    return values, (Notice(NoticeCode.Z_SCORE), *more)


def borda(scores: Scores) -> Valued:
    """Return Borda points of a complete jury."""
    return borda_points(scores), (Notice(NoticeCode.RANKS_ONLY),)


def schulze(scores: Scores) -> Valued:
    """Return how many entries each one beats by Schulze's method, in a complete jury."""
    return schulze_points(scores), (Notice(NoticeCode.RANKS_ONLY),)


_VALUES: dict[Method, Callable[[Scores], Valued]] = {
    Method.TRIMMED_MEAN: trimmed_means,
    Method.SUM: sums,
    Method.MEDIAN: medians,
    Method.Z_SCORE: z_scores,
    Method.BORDA: borda,
    Method.SCHULZE: schulze,
}


def _without_errors(method: Method, scores: Scores, values: FloatArray, notices: tuple[Notice, ...]) -> Outcome:
    groups = groups_of(scores)[0]
    return Outcome(
        method=method,
        values=values,
        standard_errors=np.full(scores.entry_count, np.nan),
        raw_means=scores.raw_means,
        scorecards=scores.cards_of_entries,
        groups=groups,
        notices=(*notices, Notice(NoticeCode.NO_STANDARD_ERRORS), *common_notices(scores, groups)),
    )
