"""Repairs by hand: what a moved seat would break and cost, and who could take a seat instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .arrays import NO_PAIRS, IntArray, Pairs, mask_of, pairs_in
from .costs import load_costs, pair_costs, total_cost
from .problem import Problem
from .remaining import room_on_panels
from .rules import SameEconomy


class Rule(StrEnum):
    """A rule that a change by hand can break."""

    ABSENT = "absent"
    TWICE = "twice"
    STARTED = "started"
    CONFLICT = "conflict"
    SAME_ECONOMY = "same_economy"
    DEMAND = "demand"
    ECONOMY_CAP = "economy_cap"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Breach:
    """One rule that would be broken, where, and by how much.

    Args:
        entry: the entry concerned; None when the rule is about a judge's load.
        judge: the judge concerned; None when the rule is about a panel.
        economy: the economy of which a panel would have too many judges.
        limit: the number the rule asks for, if any, and ``would_be`` what it would be.
    """

    rule: Rule
    entry: int | None = None
    judge: int | None = None
    economy: str | None = None
    limit: int | None = None
    would_be: int | None = None


@dataclass(frozen=True, eq=False)
class Change:
    """A change by hand: the seats after it, what it breaks, and what it costs (negative: it saves)."""

    seats: Pairs
    breaches: tuple[Breach, ...]
    cost: int


@dataclass(frozen=True)
class Substitute:
    """A judge who could take a seat without breaking a rule, and what that would cost."""

    judge: int
    fit: float
    cost: int


def change_seats(problem: Problem, seats: Pairs, *, give_up: Pairs = NO_PAIRS, take: Pairs = NO_PAIRS) -> Change:
    """Return what would come of giving some seats up and taking others.

    A move gives one up and takes one, a swap two and two. Only what the change makes worse
    is named: a panel that was short before and stays as it is breaks nothing anew.
    """
    now, out, new = (mask_of(pairs, problem.shape) for pairs in (seats, give_up, take))
    after = pairs_in((now & ~out) | new)
    by_hand = {
        Rule.ABSENT: out & ~now,
        Rule.TWICE: new & now & ~out,
        Rule.STARTED: out & ~new & mask_of(problem.fixed, problem.shape),
        Rule.CONFLICT: new & mask_of(problem.forbidden, problem.shape),
    }
    if problem.rules.same_economy is SameEconomy.FORBID:
        by_hand[Rule.SAME_ECONOMY] = new & problem.same_economy
    elif problem.rules.same_economy is SameEconomy.ONLY:
        by_hand[Rule.SAME_ECONOMY] = new & ~problem.same_economy
    breaches = [Breach(rule, *pair) for rule, mask in by_hand.items() for pair in pairs_in(mask).tolist()]
    breaches += [*_panel_breaches(problem, seats, after), *_load_breaches(problem, seats, after)]
    return Change(after, tuple(breaches), total_cost(problem, after) - total_cost(problem, seats))


def substitutes(problem: Problem, seats: Pairs, *, entry: int, judge: int, limit: int = 10) -> tuple[Substitute, ...]:
    """Return who could take a judge's seat for an entry, cheapest first.

    None of them breaks a rule beyond what giving the seat up breaks already.
    """
    rest = seats[(seats[:, 0] != entry) | (seats[:, 1] != judge)]
    loads = problem.loads(rest)
    free = problem.allowed[entry] & (loads < problem.judges.maximum)
    free &= (room_on_panels(problem, rest)[entry] > 0)[problem.judge_economy]
    free[[judge, *rest[rest[:, 0] == entry, 1]]] = False
    judges = np.flatnonzero(free)
    own = np.array([[entry, judge]], dtype=np.int64)
    others = np.column_stack([np.full(len(judges), entry), judges])
    one_more = load_costs(problem, loads + 1) - load_costs(problem, loads)
    costs = pair_costs(problem, others) + one_more[judges] - pair_costs(problem, own) - one_more[judge]
    return tuple(
        Substitute(int(judges[place]), float(problem.fit[entry, judges[place]]), int(costs[place]))
        for place in np.argsort(costs, kind="stable")[:limit]
    )


def _panel_breaches(problem: Problem, before: Pairs, after: Pairs) -> Iterator[Breach]:
    demand = problem.entries.demand
    for entry, size in _worse(problem.panel_sizes(before), problem.panel_sizes(after), demand, demand):
        yield Breach(Rule.DEMAND, entry=entry, limit=int(demand[entry]), would_be=size)
    cap = problem.rules.economy_cap
    if cap is None:
        return
    then, now = problem.panel_economies(before)[:, :-1], problem.panel_economies(after)[:, :-1]
    for entry, economy in np.argwhere((now > cap) & (now > then)).tolist():
        name, there = problem.economies[economy], int(now[entry, economy])
        yield Breach(Rule.ECONOMY_CAP, entry=entry, economy=name, limit=cap, would_be=there)


def _load_breaches(problem: Problem, before: Pairs, after: Pairs) -> Iterator[Breach]:
    judges = problem.judges
    for judge, load in _worse(problem.loads(before), problem.loads(after), judges.minimum, judges.maximum):
        few = load < judges.minimum[judge]
        rule, limit = (Rule.MINIMUM, judges.minimum[judge]) if few else (Rule.MAXIMUM, judges.maximum[judge])
        yield Breach(rule, judge=judge, limit=int(limit), would_be=load)


def _worse(before: IntArray, after: IntArray, least: IntArray, most: IntArray) -> Iterator[tuple[int, int]]:
    """Yield whose number left its bounds further behind, and the number."""
    worse = ((after < least) & (after < before)) | ((after > most) & (after > before))
    for place in np.flatnonzero(worse).tolist():
        yield place, int(after[place])
