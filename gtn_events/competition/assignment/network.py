"""The network of a min-cost flow: entries, panels' economies, judges, and where their seats end."""

from dataclasses import dataclass

import numpy as np

from .arrays import IntArray, Pairs, count
from .costs import STEPS, Priorities, load_bounds, step_prices
from .problem import Problem
from .remaining import Remaining


@dataclass(frozen=True, eq=False)
class Arcs:
    """Arcs of a network, one place in each array for each of them."""

    tail: IntArray
    head: IntArray
    capacity: IntArray
    cost: IntArray


def join(*parts: Arcs) -> Arcs:
    """Return the arcs of all parts, in their order."""
    return Arcs(
        np.concatenate([part.tail for part in parts]),
        np.concatenate([part.head for part in parts]),
        np.concatenate([part.capacity for part in parts]),
        np.concatenate([part.cost for part in parts]),
    )


def sink_of(problem: Problem) -> int:
    """Return the node where all seats end; entries come first, then judges, then it, then panels' economies."""
    return len(problem.entries) + len(problem.judges)


def pair_arcs(problem: Problem, left: Remaining, pairs: Pairs, costs: IntArray) -> Arcs:
    """Return the arcs from entries to judges: first one for each pair, then those into panels' economies.

    An entry and an economy have a node of their own (its capacity is the room on the panel)
    only where more judges of the economy are looked at than there is room: elsewhere the
    cap cannot be broken, and without the node the flow is found sooner.
    """
    entry, judge = pairs[:, 0], pairs[:, 1]
    economy = problem.judge_economy[judge]
    width = left.room.shape[1]
    looked_at = count(entry * width + economy, left.room.size).reshape(left.room.shape)
    crowded = np.argwhere(looked_at > left.room)
    node = np.full(left.room.shape, -1, dtype=np.int64)
    node[crowded[:, 0], crowded[:, 1]] = sink_of(problem) + 1 + np.arange(len(crowded))
    through = node[entry, economy]
    seats = Arcs(
        np.where(through >= 0, through, entry),
        len(problem.entries) + judge,
        np.ones(len(pairs), dtype=np.int64),
        costs[entry, judge],
    )
    room = left.room[crowded[:, 0], crowded[:, 1]]
    return join(seats, Arcs(crowded[:, 0], node[crowded[:, 0], crowded[:, 1]], room, np.zeros_like(room)))


def load_arcs(problem: Problem, left: Remaining, prices: Priorities) -> Arcs:
    """Return the arcs from judges to the sink, one for each step of the load, dearer from step to step."""
    before = problem.loads(problem.fixed)
    bounds = np.maximum(load_bounds(problem.judges.maximum), before)
    least = before + left.minimum
    step = step_prices(problem)[:STEPS, None]
    below = np.diff(np.minimum(bounds, least), axis=0)
    above = np.diff(np.maximum(bounds, least), axis=0)
    capacity = np.concatenate([below, above]).ravel()
    cost = np.broadcast_to(np.concatenate([step - prices.minimum, step]), (2 * STEPS, len(before))).ravel()
    tail = np.tile(len(problem.entries) + np.arange(len(before)), 2 * STEPS)
    used = capacity > 0
    return Arcs(tail[used], np.full(used.sum(), sink_of(problem)), capacity[used], cost[used])


def missing_arcs(problem: Problem, left: Remaining, prices: Priorities) -> Arcs:
    """Return the arcs of seats that nobody takes: from entries to the sink, dearer with each seat missing."""
    tail = np.repeat(np.arange(len(left.demand)), left.demand)
    first = np.repeat(np.cumsum(left.demand) - left.demand, left.demand)
    place = np.arange(len(tail)) - first
    ones = np.ones(len(tail), dtype=np.int64)
    return Arcs(tail, np.full(len(tail), sink_of(problem)), ones, prices.seat + prices.spread * place)
