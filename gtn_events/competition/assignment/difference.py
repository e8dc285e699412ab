"""What one assignment changes against another: seats kept, moved, lost and added."""

from dataclasses import dataclass

import numpy as np

from .arrays import IntArray, Pairs, count, mask_of, pairs_in


@dataclass(frozen=True, eq=False)
class Difference:
    """The seats of two assignments of the same entries and judges.

    Args:
        kept: the pairs that are in both.
        given_up: the pairs that are in the one before only.
        taken: the pairs that are in the one after only.
        moved: for each entry, how many seats passed from one judge to another.
        lost: for each entry, how many seats fewer it has.
        added: for each entry, how many seats more it has.
    """

    kept: Pairs
    given_up: Pairs
    taken: Pairs
    moved: IntArray
    lost: IntArray
    added: IntArray


def difference_between(before: Pairs, after: Pairs, shape: tuple[int, int]) -> Difference:
    """Return what ``after`` changes against ``before``."""
    old, new = mask_of(before, shape), mask_of(after, shape)
    given_up, taken = pairs_in(old & ~new), pairs_in(new & ~old)
    fewer, more = count(given_up[:, 0], shape[0]), count(taken[:, 0], shape[0])
    moved = np.minimum(fewer, more)
    return Difference(pairs_in(old & new), given_up, taken, moved, fewer - moved, more - moved)
