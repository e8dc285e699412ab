"""What an assignment costs, in whole thousandths, so that it can be compared exactly."""

from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray, Pairs, mask_of
from .problem import Problem

# A fit of 0 instead of 1.
UNIT = 1000
# A judge's load grows dearer in this many steps from none to the maximum: one for each entry of usual loads, since
# within a step loads cost the same and would not be spread.
STEPS = 64


@dataclass(frozen=True)
class Priorities:
    """Prices so far apart that what stands above is never traded for what stands below.

    The order: seats given, missing seats spread evenly, minimum loads reached, fit and balance.
    """

    seat: int
    spread: int
    minimum: int


def seat_costs(problem: Problem) -> IntArray:
    """Return the cost of each entry and judge: the fit that is missing, less the bonus for staying."""
    return _price(problem, problem.fit, mask_of(problem.present, problem.shape))


def pair_costs(problem: Problem, pairs: Pairs) -> IntArray:
    """Return the cost of some pairs only."""
    entry, judge = pairs[:, 0], pairs[:, 1]
    return _price(problem, problem.fit[entry, judge], mask_of(problem.present, problem.shape)[entry, judge])


def _price(problem: Problem, fit: FloatArray, present: BoolArray) -> IntArray:
    bonus = round(problem.rules.stay_bonus * UNIT)
    return np.rint((1.0 - fit) * UNIT).astype(np.int64) - bonus * present


def load_bounds(maximum: IntArray) -> IntArray:
    """Return the loads at which a step of the price ends: ``STEPS + 1`` rows, one column a judge."""
    steps = np.arange(STEPS + 1, dtype=np.int64)[:, None]
    return -(-steps * maximum // STEPS)


def step_prices(problem: Problem) -> IntArray:
    """Return what one more entry costs a judge in each step; the last price is for loads above the maximum."""
    return np.rint(problem.rules.balance * UNIT * np.arange(STEPS + 1) / STEPS).astype(np.int64)


def load_costs(problem: Problem, loads: IntArray) -> IntArray:
    """Return what each judge's load costs: convex, so the same work spread evenly is cheaper."""
    bounds, prices = load_bounds(problem.judges.maximum), step_prices(problem)
    within = np.clip(loads - bounds[:-1], 0, np.diff(bounds, axis=0))
    above = np.maximum(loads - problem.judges.maximum, 0)
    costs: IntArray = prices[:-1] @ within + prices[-1] * above
    return costs


def total_cost(problem: Problem, seats: Pairs) -> int:
    """Return the cost of all seats and all loads together."""
    return int(pair_costs(problem, seats).sum() + load_costs(problem, problem.loads(seats)).sum())


def priorities(problem: Problem) -> Priorities:
    """Return prices for which one optimum keeps all priorities.

    A better assignment differs from a worse one by cycles that pass each judge once: two
    seats for each judge, and two loads, two minimums and two missing seats at the most.
    """
    rules = problem.rules
    dearest = UNIT + round(abs(rules.stay_bonus) * UNIT)
    cycle = 2 * len(problem.judges) * dearest + 2 * round(abs(rules.balance) * UNIT) + 1
    minimum = cycle
    spread = cycle + 2 * minimum
    largest = int(problem.entries.demand.max(initial=0))
    return Priorities(seat=cycle + 2 * minimum + (largest + 1) * spread, spread=spread, minimum=minimum)
