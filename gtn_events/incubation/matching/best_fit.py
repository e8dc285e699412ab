"""The assignment of least cost where hosts do not rank: as many placed as can be, then the best fit over all.

It is not a stable matching: an applicant and a host may both prefer one another. Solved as an
integer program by HiGHS (scipy.optimize.milp); only workers and commands load this module.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .deferred import Matching
from .market import Market

PLACED = 1000
RESERVED = 500
A_WISH_LATER = 5
EXACT = {"mip_rel_gap": 0.0}
Pair = tuple[int, int]


def best_fit(market: Market, fit: Mapping[Pair, int]) -> Matching:
    """Return the assignment; settled places stay, and among equals those with low lottery numbers are placed.

    A pair costs ``100 - fit`` and 5 for each wish before it; leaving somebody without a place
    costs 1000, and a reserved place that goes to somebody without the trait 500, so a reserve is
    kept where that leaves nobody else without a place.

    Args:
        fit: how well a pair fits, 0 to 100, for each pair of applicant and wished host.

    Raises:
        RuntimeError: the solver found no optimum, which cannot be: leaving all places empty is a solution.
    """
    pairs = open_pairs(market)
    host_of: list[int | None] = [market.kept.get(who) for who in range(len(market.applicants))]
    if pairs:
        for (who, where), chosen in zip(pairs, _solved(market, pairs, fit), strict=True):
            if chosen:
                host_of[who] = where
    return Matching(tuple(host_of))


def open_pairs(market: Market) -> list[Pair]:
    """Return the wishes that could come true: not at home, not blocked, and the applicant not settled yet."""
    return [
        (who, where)
        for who, applicant in enumerate(market.applicants)
        if who not in market.kept
        for where in applicant.wishes
        if (who, where) not in market.blocked
        and not (applicant.economy and applicant.economy == market.hosts[where].economy)
    ]


def cost_of(market: Market, pair: Pair, fit: Mapping[Pair, int]) -> int:
    """Return what a pair costs, before the price of a place is taken off."""
    who, where = pair
    return 100 - fit[pair] + A_WISH_LATER * market.applicants[who].wishes.index(where)


@dataclass
class _Rows:
    """Rows of the program: what the sum of some columns must not pass."""

    most: dict[tuple[object, ...], float] = field(default_factory=dict)
    columns: dict[tuple[object, ...], list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: tuple[object, ...], column: int, most: int, *, weight: float = 1.0) -> None:
        self.columns[key].append((column, weight))
        self.most[key] = max(most, 0)

    def constraint(self, width: int) -> LinearConstraint:
        entries = [(row, *each) for row, columns in enumerate(self.columns.values()) for each in columns]
        lines, columns, weights = zip(*entries, strict=True)
        matrix = csr_array((weights, (lines, columns)), shape=(len(self.columns), width))
        return LinearConstraint(matrix, -np.inf, np.array(list(self.most.values())))


def _solved(market: Market, pairs: Sequence[Pair], fit: Mapping[Pair, int]) -> list[bool]:
    """Return for each pair whether it is chosen: the least cost first, the lottery among its equals second."""
    rows, gaps = _rows(market, pairs)
    costs = np.array([*(cost_of(market, pair, fit) - PLACED for pair in pairs), *([RESERVED] * len(gaps))], dtype=float)
    lots = np.array([*(market.lots[who] for who, _ in pairs), *([0] * len(gaps))], dtype=float)
    limits = [rows.constraint(len(costs))]
    highest = np.array([*([1] * len(pairs)), *gaps], dtype=float)
    least = round(float(costs @ _optimum(costs, limits, highest)))
    chosen = _optimum(lots, [*limits, LinearConstraint(costs.reshape(1, -1), -np.inf, least + 0.5)], highest)
    return [bool(value > 0.5) for value in chosen[: len(pairs)]]


def _optimum(
    costs: NDArray[np.float64], limits: Sequence[LinearConstraint], highest: NDArray[np.float64]
) -> NDArray[np.float64]:
    found = milp(costs, constraints=limits, integrality=np.ones(len(costs)), bounds=Bounds(0, highest), options=EXACT)
    if found.x is None:
        raise RuntimeError(found.message)
    solution: NDArray[np.float64] = np.round(found.x)
    return solution


def _rows(market: Market, pairs: Sequence[Pair]) -> tuple[_Rows, list[int]]:
    """Return what must not be passed, and how often each reserve may be at a price."""
    rows = _Rows()
    for column, (who, where) in enumerate(pairs):
        applicant, host = market.applicants[who], market.hosts[where]
        seated = [market.applicants[each] for each in market.seated[where]]
        rows.add(("one", who), column, 1)
        rows.add(("places", where), column, host.places - len(seated))
        if host.economy_cap is not None:
            alike = sum(each.economy == applicant.economy for each in seated)
            rows.add(("economy", where, applicant.economy), column, host.economy_cap - alike)
        if host.sector_cap is not None:
            alike = sum(each.sector == applicant.sector for each in seated)
            rows.add(("sector", where, applicant.sector), column, host.sector_cap - alike)
        for number, rule in enumerate(host.reserves):
            if rule.trait not in applicant.traits:
                holders = sum(rule.trait in each.traits for each in seated)
                left = max(rule.places - holders, 0)
                rows.add(("reserve", where, number), column, host.places - len(seated) - left)
    reserves = [key for key in rows.columns if key[0] == "reserve"]
    for number, key in enumerate(reserves):
        rows.add(key, len(pairs) + number, int(rows.most[key]), weight=-1.0)
    return rows, [len(rows.columns[key]) for key in reserves]
