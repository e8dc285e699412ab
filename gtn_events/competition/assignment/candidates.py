"""Which judges are looked at for an entry: the best by cost, and a few by lot."""

from collections.abc import Iterator

import numpy as np

from .arrays import IntArray, Pairs, mask_of, pairs_in
from .problem import Problem
from .remaining import Remaining

# How much wider each further look is, until all judges are looked at.
WIDER = 4


def widening(problem: Problem) -> Iterator[tuple[int, int]]:
    """Yield how many judges to look at, best and by lot, ever more until it is all of them."""
    best, others, judges = problem.rules.best, problem.rules.others, len(problem.judges)
    while 0 < best + others < judges:
        yield best, others
        best, others = best * WIDER, others * WIDER
    yield judges, 0


def candidates(problem: Problem, left: Remaining, costs: IntArray, *, best: int, others: int) -> Pairs:
    """Return the open pairs to look at, in order; seats held before are always among them."""
    if best >= len(problem.judges):
        return pairs_in(left.open)
    rng = np.random.default_rng(problem.rules.seed)
    # Equal costs are put in order by lot: else every entry would look at the same judges.
    lot = rng.random(problem.shape)
    keys = np.where(left.open, costs + lot, np.inf)
    chosen = mask_of(problem.present, problem.shape)
    nearest = np.argpartition(keys, best - 1, axis=1)[:, :best] if best else np.empty((len(keys), 0), dtype=np.int64)
    np.put_along_axis(chosen, nearest, values=True, axis=1)
    if others:
        further = np.where(chosen, np.inf, lot)
        drawn = np.argpartition(further, others - 1, axis=1)[:, :others]
        np.put_along_axis(chosen, drawn, values=True, axis=1)
    return pairs_in(chosen & left.open)
