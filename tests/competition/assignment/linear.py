"""The same optimum by another way: linear programs, one for each priority, solved by HiGHS."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack

from gtn_events.competition.assignment import Pairs, Problem, total_cost
from gtn_events.competition.assignment.arrays import FloatArray, IntArray, mask_of
from gtn_events.competition.assignment.costs import load_costs, pair_costs

# A reached priority may be missed by this much in the next program: HiGHS solves to 1e-7.
SLACK = 1e-6


@dataclass(frozen=True)
class Value:
    """What an assignment reaches, from the first priority to the last; less is better."""

    missing: int
    spread: int
    idle: int
    cost: int


def value_of(problem: Problem, seats: Pairs) -> Value:
    """Return what these seats reach; unevenness counts 1 + 2 + ... for the seats that an entry misses."""
    missing = np.maximum(problem.entries.demand - problem.panel_sizes(seats), 0)
    idle = np.maximum(problem.judges.minimum - problem.loads(seats), 0)
    uneven = (missing * (missing + 1) // 2).sum()
    return Value(int(missing.sum()), int(uneven), int(idle.sum()), total_cost(problem, seats))


def best_value(problem: Problem) -> Value:
    """Return the best that any assignment reaches, over all allowed pairs.

    The variables: pairs, missing seats of entries, units of load of judges, missing load of judges.
    """
    entries, judges = problem.shape
    started = problem.loads(problem.fixed)
    pairs = np.argwhere(problem.allowed & ~mask_of(problem.fixed, problem.shape))
    gap_of, gap_place = _units(np.maximum(problem.entries.demand - problem.panel_sizes(problem.fixed), 0))
    load_of, load_place = _units(np.maximum(problem.judges.maximum - started, 0))
    sizes = [len(pairs), len(gap_of), len(load_of), judges]
    at_entry, at_judge = _rows(pairs[:, 0], entries), _rows(pairs[:, 1], judges)
    equal = vstack(
        [
            _placed(sizes, {0: at_entry, 1: _rows(gap_of, entries)}, entries),
            _placed(sizes, {0: at_judge, 2: -_rows(load_of, judges)}, judges),
        ]
    )
    needs = np.concatenate([np.bincount(gap_of, minlength=entries), np.zeros(judges)])
    cap_rows, cap_room = _cap(problem, pairs)
    least = np.maximum(problem.judges.minimum - started, 0)
    limit = vstack(
        [
            _placed(sizes, {0: cap_rows}, len(cap_room)),
            _placed(sizes, {0: -at_judge, 3: -_rows(np.arange(judges), judges)}, judges),
        ]
    ).tocsr()
    most = np.concatenate([cap_room, -least]).astype(np.float64)
    prices = [
        _prices(sizes, {1: np.ones(len(gap_of))}),
        _prices(sizes, {1: gap_place + 1.0}),
        _prices(sizes, {3: np.ones(judges)}),
        _prices(sizes, {0: pair_costs(problem, pairs), 2: _load_prices(problem, started, load_of, load_place)}),
    ]
    upper = np.concatenate([np.ones(sum(sizes[:3])), np.full(judges, np.inf)])
    reached = []
    for price in prices:
        solved = linprog(
            price, limit, most, equal, needs, bounds=np.column_stack([np.zeros(len(upper)), upper]), method="highs"
        )
        assert solved.status == 0, solved.message
        reached.append(round(solved.fun))
        limit = vstack([limit, csr_array(price[None, :])])
        most = np.append(most, reached[-1] + SLACK)
    return Value(*reached[:3], cost=reached[3] + total_cost(problem, problem.fixed))


def _units(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Return whose each single unit is, and the how many-th of theirs, from 0."""
    whose = np.repeat(np.arange(len(numbers)), numbers)
    return whose, np.arange(len(whose)) - np.repeat(np.cumsum(numbers) - numbers, numbers)


def _rows(row: IntArray, rows: int) -> coo_array:
    return coo_array((np.ones(len(row)), (row, np.arange(len(row)))), shape=(rows, len(row)))


def _placed(sizes: list[int], blocks: dict[int, coo_array], rows: int) -> coo_array:
    return hstack([blocks.get(place, coo_array((rows, size))) for place, size in enumerate(sizes)])


def _prices(sizes: list[int], blocks: dict[int, FloatArray]) -> FloatArray:
    return np.concatenate([blocks.get(place, np.zeros(size)) for place, size in enumerate(sizes)]).astype(np.float64)


def _load_prices(problem: Problem, started: IntArray, judge: IntArray, place: IntArray) -> FloatArray:
    prices = np.zeros(len(judge))
    for step in range(int(place.max(initial=-1)) + 1):
        more = load_costs(problem, started + step + 1) - load_costs(problem, started + step)
        prices[place == step] = more[judge[place == step]]
    return prices


def _cap(problem: Problem, pairs: Pairs) -> tuple[coo_array, IntArray]:
    cap, width = problem.rules.economy_cap, len(problem.economies)
    with_economy = np.flatnonzero(problem.judge_economy[pairs[:, 1]] < width)
    if cap is None or len(with_economy) == 0:
        return coo_array((0, len(pairs))), np.zeros(0, dtype=np.int64)
    cells = pairs[with_economy, 0] * width + problem.judge_economy[pairs[with_economy, 1]]
    shape = (len(problem.entries) * width, len(pairs))
    rows = coo_array((np.ones(len(cells)), (cells, with_economy)), shape=shape)
    return rows, np.maximum(cap - problem.panel_economies(problem.fixed)[:, :-1], 0).ravel()
