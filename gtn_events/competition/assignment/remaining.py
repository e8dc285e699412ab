"""What is left to assign beside the scorecards that are started."""

from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, IntArray, Pairs, mask_of
from .problem import Problem


@dataclass(frozen=True, eq=False)
class Remaining:
    """Seats still to be given.

    Args:
        demand: missing seats of each entry.
        minimum: missing seats of each judge up to the least load.
        maximum: free seats of each judge.
        room: how many more judges of each economy a panel takes (columns as in
            ``Problem.panel_economies``).
        open: the entries x judges table that is True where a seat could be given.
    """

    demand: IntArray
    minimum: IntArray
    maximum: IntArray
    room: IntArray
    open: BoolArray


def remaining(problem: Problem) -> Remaining:
    """Return what the started scorecards leave."""
    load = problem.loads(problem.fixed)
    room = room_on_panels(problem, problem.fixed)
    free = problem.allowed & ~mask_of(problem.fixed, problem.shape)
    free &= (room > 0)[:, problem.judge_economy]
    return Remaining(
        demand=np.maximum(problem.entries.demand - problem.panel_sizes(problem.fixed), 0),
        minimum=np.maximum(problem.judges.minimum - load, 0),
        maximum=np.maximum(problem.judges.maximum - load, 0),
        room=room,
        open=free,
    )


def room_on_panels(problem: Problem, seats: Pairs) -> IntArray:
    """Return how many more judges of each economy each panel takes beside those seats."""
    everybody = len(problem.judges)
    cap = problem.rules.economy_cap
    if cap is None:
        return np.full((len(problem.entries), len(problem.economies) + 1), everybody, dtype=np.int64)
    room = np.maximum(cap - problem.panel_economies(seats), 0)
    room[:, -1] = everybody
    return room
