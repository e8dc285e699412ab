"""What would be if a judge left."""

from dataclasses import dataclass, replace

import numpy as np

from .arrays import NO_PAIRS, Pairs
from .difference import Difference, difference_between
from .problem import Problem
from .solving import Assignment, assign


@dataclass(frozen=True, eq=False)
class Departure:
    """The assignment without a judge, and what it changes."""

    assignment: Assignment
    changes: Difference


def without_judge(problem: Problem, seats: Pairs, *, judge: int, finished: Pairs = NO_PAIRS) -> Departure:
    """Return the assignment if that judge left.

    Args:
        seats: the assignment now; the others keep as much of it as the stay bonus is worth.
        finished: the judge's scorecards that count although the judge leaves.

    The judge's other started scorecards are given up; those of the others stay.
    """
    others = problem.fixed[problem.fixed[:, 1] != judge]
    own = finished[finished[:, 1] == judge]
    minimum, maximum = problem.judges.minimum.copy(), problem.judges.maximum.copy()
    minimum[judge], maximum[judge] = 0, len(own)
    rest = replace(
        problem,
        judges=replace(problem.judges, minimum=minimum, maximum=maximum),
        fixed=np.concatenate([others, own]),
        present=seats[seats[:, 1] != judge],
    )
    assignment = assign(rest)
    return Departure(assignment, difference_between(seats, assignment.seats, problem.shape))
