"""Scorecards as arrays: who judged which entry, and with which weighted total."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Scores:
    """Weighted totals of scorecards: element k of each array is one scorecard.

    Args:
        entries: index of the entry, 0 to ``entry_count`` - 1.
        judges: index of the judge, 0 to ``judge_count`` - 1.
        totals: the weighted total, of any scale.
        entry_count: how many entries there are, with those nobody scored.
        judge_count: how many judges there are, with those who scored nothing.

    Raises:
        ValueError: the arrays do not belong together, an index is out of range or a total is not a number.
    """

    entries: IntArray
    judges: IntArray
    totals: FloatArray
    entry_count: int
    judge_count: int

    def __post_init__(self) -> None:
        if not self.entries.shape == self.judges.shape == self.totals.shape or self.totals.ndim != 1:
            raise ValueError("entries, judges and totals must be arrays of one length")
        if not np.isfinite(self.totals).all():
            raise ValueError("a total is not a number")
        for index, count in ((self.entries, self.entry_count), (self.judges, self.judge_count)):
            if index.size and (index.min() < 0 or index.max() >= count):
                raise ValueError("an index is out of range")

    @cached_property
    def cards_of_entries(self) -> IntArray:
        """How many scorecards each entry has."""
        return np.bincount(self.entries, minlength=self.entry_count)

    @cached_property
    def cards_of_judges(self) -> IntArray:
        """How many scorecards each judge wrote."""
        return np.bincount(self.judges, minlength=self.judge_count)

    @cached_property
    def raw_means(self) -> FloatArray:
        """The mean total of each entry, NaN where nobody scored it."""
        return self.entry_sums(self.totals) / none_as_nan(self.cards_of_entries)

    def entry_sums(self, of_cards: FloatArray) -> FloatArray:
        """Return for each entry the sum of a figure of its scorecards."""
        sums: FloatArray = np.bincount(self.entries, weights=of_cards, minlength=self.entry_count).astype(
            float, copy=False
        )
        return sums

    def judge_sums(self, of_cards: FloatArray) -> FloatArray:
        """Return for each judge the sum of a figure of their scorecards."""
        sums: FloatArray = np.bincount(self.judges, weights=of_cards, minlength=self.judge_count).astype(
            float, copy=False
        )
        return sums


def sums_by(index: IntArray, figures: FloatArray, count: int) -> FloatArray:
    """Return for each number below ``count`` the sum of the figures that stand under it."""
    return np.bincount(index, weights=figures, minlength=count).astype(np.float64, copy=False)


def none_as_nan(counts: IntArray) -> FloatArray:
    """Return counts to divide by: zero becomes NaN, so that nothing divided by nothing is NaN without a warning."""
    return np.where(counts > 0, counts, np.nan)
