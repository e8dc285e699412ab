"""CPU of assigning judges: ``python bench/assignment.py``.

5,000 entries, 500 judges of 21 economies, 5 scorecards an entry, one pair in fifty with a conflict of
interest, no entry to a judge of its own economy. From arrays to result; where seats are missing,
with the reasons. CPU is user + system time of this process, the median of three runs.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from gtn_events.competition.assignment import (
    Assignment,
    Entries,
    Judges,
    Problem,
    Rules,
    assign,
    coverage_of,
    find_anchors,
    fit_of,
    judge_graph,
    substitutes,
    without_judge,
)
from gtn_events.core.economies import ECONOMIES

ENTRIES, JUDGES, DEMAND, CONFLICTS = 5_000, 500, 5, 0.02
LEAST, MOST, TOO_FEW = 30, 60, 48
CAP = 2
CODES = [seed.code for seed in ECONOMIES]
TOPICS = [f"topic {number}" for number in range(30)]
LANGUAGES = ["en", "es", "zh", "ja", "ko", "ru", "th", "vi", "id"]
TARGET, TARGET_CAPPED = 2.0, 4.0
TIMES = 3

Result = TypeVar("Result")


def main() -> None:
    problem = measured("fit of all pairs, with the tables of conflicts", make_problem)
    capped = replace(problem, rules=Rules(economy_cap=CAP))
    plain = measured("assign", lambda: assign(problem), target=TARGET)
    tell(plain)
    seated = measured(f"assign, at most {CAP} of an economy", lambda: assign(capped), target=TARGET_CAPPED)
    tell(seated)
    tell(measured("assign, at most 1 of an economy", lambda: assign(replace(problem, rules=Rules(economy_cap=1)))))
    started = replace(capped, fixed=seated.seats[::2], present=seated.seats)
    tell(measured("assign again, half of it started", lambda: assign(started), target=TARGET_CAPPED))
    few = replace(problem, judges=replace(problem.judges, maximum=np.full(JUDGES, TOO_FEW)))
    tell(measured("assign, seats missing", lambda: assign(few)))
    tell(measured(f"the same, at most {CAP} of an economy", lambda: assign(replace(few, rules=Rules(economy_cap=CAP)))))
    departure = measured("what if a judge left", lambda: without_judge(capped, seated.seats, judge=0))
    print(f"    {departure.changes.moved.sum()} seats moved, {departure.changes.lost.sum()} lost")
    graph = measured("judge graph", lambda: judge_graph(seated.seats, capped.shape))
    print(f"    {graph.parts} part, second eigenvalue {graph.connectivity:.1f}")
    apart = camps()
    before = assign(apart).seats
    joined = measured("anchors", lambda: find_anchors(apart, before))
    print(f"    {judge_graph(before, apart.shape).parts} parts, {len(joined.seats)} anchors, {joined.outcome}")
    measured("coverage", lambda: coverage_of(capped, seated.seats))
    measured("substitutes of a seat", lambda: substitutes(capped, seated.seats, entry=0, judge=int(seated.seats[0, 1])))


def make_problem() -> Problem:
    """Return the problem that is measured, the same at every run."""
    rng = np.random.default_rng(2013)
    entries = Entries(
        demand=np.full(ENTRIES, DEMAND),
        economies=[{CODES[number]} for number in rng.integers(0, len(CODES), ENTRIES)],
        categories=[()] * ENTRIES,
        topics=[set(rng.choice(TOPICS, 3)) for _ in range(ENTRIES)],
        languages=[{"en", LANGUAGES[number]} for number in rng.integers(0, len(LANGUAGES), ENTRIES)],
    )
    judges = Judges(
        minimum=np.full(JUDGES, LEAST),
        maximum=np.full(JUDGES, MOST),
        economy=[CODES[number] for number in rng.integers(0, len(CODES), JUDGES)],
        topics=[set(rng.choice(TOPICS, 5)) for _ in range(JUDGES)],
        languages=[{LANGUAGES[number]} for number in rng.integers(0, len(LANGUAGES), JUDGES)],
    )
    conflicts = np.argwhere(rng.random((ENTRIES, JUDGES)) < CONFLICTS)
    return Problem(entries, judges, fit_of(entries, judges), forbidden=conflicts)


def camps() -> Problem:
    """Return entries of which each judge fits those of one camp of five judges only."""
    problem = make_problem()
    camp = np.arange(ENTRIES)[:, None] % (JUDGES // DEMAND) == np.arange(JUDGES) % (JUDGES // DEMAND)
    economies = [None] * JUDGES
    judges = replace(problem.judges, economy=economies)
    return Problem(problem.entries, judges, camp.astype(np.float64), rules=Rules(balance=0))


def measured(what: str, work: Callable[[], Result], *, target: float | None = None) -> Result:
    """Do it some times, print the CPU seconds, and return what came of it."""
    seconds = []
    for _ in range(TIMES):
        before = time.process_time()
        result = work()
        seconds.append(time.process_time() - before)
    took = statistics.median(seconds)
    goal = "" if target is None else f"  (target {target:g} s: {'met' if took <= target else 'MISSED'})"
    print(f"{what:48} {took:6.3f} s{goal}", flush=True)
    return result


def tell(assignment: Assignment) -> None:
    """Print what came of an assignment."""
    print(
        f"    {len(assignment.seats):,} seats, {assignment.missing.sum()} missing, "
        f"{assignment.looked_at} judges looked at, cost {assignment.cost / 1000:,.1f}"
    )
    for shortfall in assignment.shortfalls:
        print(f"    {shortfall.named(str(shortfall.members))}")


if __name__ == "__main__":
    main()
