"""The assignment of an optimal flow: every seat at the least cost, or as many as there can be."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .arrays import IntArray, Pairs, in_order
from .candidates import candidates, widening
from .costs import Priorities, priorities, seat_costs, total_cost
from .network import Arcs, join, load_arcs, missing_arcs, pair_arcs, sink_of
from .problem import Problem
from .remaining import Remaining, remaining
from .shortfall import Shortfall, entries_short_of_judges, judges_short_of_entries


@dataclass(frozen=True, eq=False)
class Assignment:
    """Who judges what.

    Args:
        seats: the pairs, in order; started scorecards among them.
        missing: how many seats each entry lacks.
        idle: how many seats each judge lacks up to the least load.
        shortfalls: why, when something is missing; empty otherwise.
        cost: in thousandths of a full fit, see ``total_cost``.
        looked_at: how many judges were looked at for each entry before it was done.
    """

    seats: Pairs
    missing: IntArray
    idle: IntArray
    shortfalls: tuple[Shortfall, ...]
    cost: int
    looked_at: int

    @property
    def complete(self) -> bool:
        """Whether every entry has its seats and every judge the least load."""
        return not self.shortfalls


def assign(problem: Problem) -> Assignment:
    """Return the best assignment: the same for the same problem and seed.

    When not all seats can be given, the most that can are, missing ones spread evenly over
    the entries; then as many minimum loads as can be are reached; then the cost is least.
    It is least over the pairs looked at: when not all judges are, another might be cheaper.
    """
    left, costs, prices = remaining(problem), seat_costs(problem), priorities(problem)
    for best, others in widening(problem):
        pairs = candidates(problem, left, costs, best=best, others=others)
        chosen = pairs[_flow(problem, left, _arcs(problem, left, pairs, costs, prices))[: len(pairs)] > 0]
        seats = in_order(np.concatenate([problem.fixed, chosen]))
        missing = np.maximum(problem.entries.demand - problem.panel_sizes(seats), 0)
        idle = np.maximum(problem.judges.minimum - problem.loads(seats), 0)
        if not missing.any() and not idle.any():
            break
    shortfalls = entries_short_of_judges(problem, left) if missing.any() else ()
    shortfalls += judges_short_of_entries(problem, left) if idle.any() else ()
    return Assignment(seats, missing, idle, shortfalls, total_cost(problem, seats), best + others)


def _arcs(problem: Problem, left: Remaining, pairs: Pairs, costs: IntArray, prices: Priorities) -> Arcs:
    return join(
        pair_arcs(problem, left, pairs, costs),
        load_arcs(problem, left, prices),
        missing_arcs(problem, left, prices),
    )


def _flow(problem: Problem, left: Remaining, arcs: Arcs) -> IntArray:
    """Return the optimal flow of each arc. There always is one: a missing seat is a flow, too."""
    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.tail.astype(np.int32), arcs.head.astype(np.int32), arcs.capacity, arcs.cost
    )
    solver.set_node_supply(sink_of(problem), -int(left.demand.sum()))
    solver.set_nodes_supplies(np.arange(len(left.demand), dtype=np.int32), left.demand)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow of an assignment ended as {status}")
    flows: IntArray = np.asarray(solver.flows(numbers), dtype=np.int64)
    return flows
