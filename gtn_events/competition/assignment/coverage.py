"""What an assignment looks like before it is released: loads, panels and fit as numbers."""

from dataclasses import dataclass

import numpy as np

from .arrays import FloatArray, IntArray, Pairs, mask_of, pairs_in
from .problem import Problem


@dataclass(frozen=True)
class FitSummary:
    """The fit of all seats: mean, least, and the quartiles; all 0 without a seat."""

    mean: float
    least: float
    lower_quartile: float
    median: float
    upper_quartile: float


@dataclass(frozen=True, eq=False)
class Coverage:
    """The preview of an assignment.

    Args:
        loads: seats of each judge.
        load_share: the same as a share of the judge's maximum; 0 for a maximum of 0.
        panel_sizes: seats of each entry; compare with the demand.
        economies: the economies of the judges, sorted: the columns of ``composition``.
        composition: how many judges of each economy a panel has; the last column counts
            those without an economy.
        most_of_one_economy: the largest number of judges of one economy on each panel.
        same_economy: seats where judge and entry are of one economy.
        panel_fit: the mean fit of each panel; not a number without a seat.
        fit: the fit of all seats.
    """

    loads: IntArray
    load_share: FloatArray
    panel_sizes: IntArray
    economies: tuple[str, ...]
    composition: IntArray
    most_of_one_economy: IntArray
    same_economy: Pairs
    panel_fit: FloatArray
    fit: FitSummary

    def fully_covered(self, demand: IntArray) -> int:
        """How many entries have all the seats they need."""
        return int((self.panel_sizes >= demand).sum())


def coverage_of(problem: Problem, seats: Pairs) -> Coverage:
    """Return the preview of an assignment of that problem."""
    loads, sizes, composition = problem.loads(seats), problem.panel_sizes(seats), problem.panel_economies(seats)
    fit = problem.fit[seats[:, 0], seats[:, 1]]
    sums = np.bincount(seats[:, 0], weights=fit, minlength=len(problem.entries))
    return Coverage(
        loads=loads,
        load_share=loads / np.maximum(problem.judges.maximum, 1),
        panel_sizes=sizes,
        economies=problem.economies,
        composition=composition,
        most_of_one_economy=composition[:, :-1].max(axis=1, initial=0),
        same_economy=pairs_in(mask_of(seats, problem.shape) & problem.same_economy),
        panel_fit=np.divide(sums, sizes, out=np.full(len(sizes), np.nan), where=sizes > 0),
        fit=_summary(fit),
    )


def _summary(fit: FloatArray) -> FitSummary:
    if len(fit) == 0:
        return FitSummary(0.0, 0.0, 0.0, 0.0, 0.0)
    least, lower, median, upper = (float(value) for value in np.quantile(fit, [0, 0.25, 0.5, 0.75]))
    return FitSummary(float(fit.mean()), least, lower, median, upper)
