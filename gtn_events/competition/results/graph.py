"""Which entries can be compared: those joined by a chain of judges and entries."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .scores import IntArray, Scores


def groups_of(scores: Scores) -> tuple[IntArray, IntArray]:
    """Return the number of the group of each entry and of each judge.

    Two entries have the same number exactly when a chain "judged by, also judged" leads from one to
    the other. Who has no scorecard is a group alone. Numbers start at 0, in the order of the entries.
    """
    size = scores.entry_count + scores.judge_count
    edges = (scores.entries, scores.judges + scores.entry_count)
    graph = coo_array((np.ones(scores.totals.size, dtype=np.int8), edges), shape=(size, size))
    _count, labels = connected_components(graph, directed=False)
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    numbers = np.empty(first.size, dtype=np.int64)
    numbers[np.argsort(first)] = np.arange(first.size)
    renumbered = numbers[inverse]
    return renumbered[: scores.entry_count], renumbered[scores.entry_count :]
