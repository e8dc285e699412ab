"""The arrays of an assignment: what they hold, and pairs of an entry and a judge."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
# One row a pair: the number of an entry, the number of a judge.
Pairs: TypeAlias = NDArray[np.int64]

NO_PAIRS: Pairs = np.empty((0, 2), dtype=np.int64)


def pairs_of(rows: Iterable[tuple[int, int]]) -> Pairs:
    """Return (entry, judge) rows as an array, in order, each once."""
    return in_order(np.array(list(rows), dtype=np.int64).reshape(-1, 2))


def in_order(pairs: Pairs) -> Pairs:
    """Return pairs by entry, then judge, each once."""
    if len(pairs) == 0:
        return NO_PAIRS
    return np.unique(pairs, axis=0)


def mask_of(pairs: Pairs, shape: tuple[int, int]) -> BoolArray:
    """Return an entries x judges table that is True at the pairs."""
    mask = np.zeros(shape, dtype=np.bool_)
    mask[pairs[:, 0], pairs[:, 1]] = True
    return mask


def pairs_in(mask: BoolArray) -> Pairs:
    """Return the pairs at which an entries x judges table is True, in order."""
    return np.argwhere(mask).astype(np.int64)


def count(numbers: IntArray, length: int) -> IntArray:
    """Return how often each number from 0 to ``length - 1`` occurs."""
    return np.bincount(numbers, minlength=length).astype(np.int64)
