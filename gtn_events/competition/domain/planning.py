"""Computing an assignment. It loads the solver, so only a worker's job imports it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ..assignment import (
    Entries,
    Judges,
    Pairs,
    Problem,
    Rules,
    SameEconomy,
    Shortfall,
    Side,
    assign,
    coverage_of,
    find_anchors,
    fit_of,
    judge_graph,
    pairs_of,
    without_judge,
)
from ..enums import AssignmentState
from .panel_facts import Pair, PanelFacts


@dataclass(frozen=True)
class Planned:
    """An assignment: its seats, each with whether it is an anchor, and what ``Round.plan`` keeps of it."""

    seats: dict[Pair, bool]
    plan: dict[str, Any]


def plan_panels(facts: PanelFacts, *, seed: int, now: datetime) -> Planned:
    """Return the best assignment of a round, with the anchors that make its judges comparable."""
    problem = problem_of(facts, seed=seed)
    assignment = assign(problem)
    anchors = find_anchors(problem, assignment.seats)
    seats = np.concatenate([assignment.seats, anchors.seats])
    coverage, graph = coverage_of(problem, seats), judge_graph(seats, problem.shape)
    plan = {
        "made_at": now.isoformat(),
        "complete": assignment.complete,
        "reasons": [_named(each, facts) for each in assignment.shortfalls],
        "entries": len(problem.entries),
        "judges": len(problem.judges),
        "fit": {"mean": round(coverage.fit.mean, 3), "least": round(coverage.fit.least, 3)},
        "same_economy": len(coverage.same_economy),
        "parts": graph.parts,
        "connectivity": round(graph.connectivity, 3),
        "anchors": len(anchors.seats),
        "anchors_outcome": anchors.outcome.value,
        "cost": assignment.cost,
    }
    pairs = dict.fromkeys(_ids(assignment.seats, facts), False)
    return Planned(pairs | dict.fromkeys(_ids(anchors.seats, facts), True), plan)


def departure_of(facts: PanelFacts, judge_id: int, *, seed: int, now: datetime) -> dict[str, Any]:
    """Return what would be if a judge left: seats that move, seats that nobody could take, and why; JSON-ready."""
    problem = problem_of(facts, seed=seed)
    order = {each: place for place, each in enumerate(facts.judges)}
    seats = pairs_of(_places(facts, (seat.pair for seat in facts.seats)))
    submitted = (seat.pair for seat in facts.seats if seat.state is AssignmentState.SUBMITTED)
    departure = without_judge(problem, seats, judge=order[judge_id], finished=pairs_of(_places(facts, submitted)))
    held = facts.loads[judge_id]
    return {
        "made_at": now.isoformat(),
        "judge": facts.judges[judge_id].number,
        "name": facts.judges[judge_id].name,
        "held": held,
        "moved": int(departure.changes.moved.sum()),
        "missing": int(departure.assignment.missing.sum()),
        "complete": departure.assignment.complete,
        "reasons": [_named(each, facts) for each in departure.assignment.shortfalls],
    }


def problem_of(facts: PanelFacts, *, seed: int) -> Problem:
    """Return the round as arrays, entries and judges in the order of ``facts``.

    The own economy is among the forbidden pairs already, where it is forbidden at all.
    """
    entries, judges = list(facts.entries.values()), list(facts.judges.values())
    held = facts.loads
    policy = SameEconomy.ONLY if facts.own_only else SameEconomy.ALLOW
    in_arrays = Entries(
        demand=np.full(len(entries), facts.demand, dtype=np.int64),
        economies=[each.economies for each in entries],
        categories=[each.topics for each in entries],
        topics=[each.topics for each in entries],
        languages=[each.languages for each in entries],
    )
    people = Judges(
        minimum=np.zeros(len(judges), dtype=np.int64),
        maximum=np.array([each.most if each.active else held[each.id] for each in judges], dtype=np.int64),
        economy=[each.economy_code for each in judges],
        topics=[each.topics for each in judges],
        languages=[each.languages for each in judges],
    )
    return Problem(
        entries=in_arrays,
        judges=people,
        fit=fit_of(in_arrays, people),
        rules=Rules(same_economy=policy, economy_cap=facts.cap, seed=seed),
        forbidden=pairs_of(_places(facts, facts.forbidden)),
        fixed=pairs_of(_places(facts, (seat.pair for seat in facts.seats if seat.begun))),
        present=pairs_of(_places(facts, (seat.pair for seat in facts.seats if not seat.begun))),
    )


def _places(facts: PanelFacts, pairs: Iterable[Pair]) -> list[Pair]:
    entries = {each: place for place, each in enumerate(facts.entries)}
    judges = {each: place for place, each in enumerate(facts.judges)}
    return [(entries[one], judges[other]) for one, other in pairs if one in entries and other in judges]


def _ids(seats: Pairs, facts: PanelFacts) -> list[Pair]:
    entries, judges = list(facts.entries), list(facts.judges)
    return [(entries[one], judges[other]) for one, other in seats.tolist()]


def _named(shortfall: Shortfall, facts: PanelFacts) -> dict[str, int | str | None]:
    """Return a shortfall with the name of its one member; a page words it, see ``words``."""
    member = shortfall.members[0]
    if shortfall.side is Side.ENTRIES:
        return shortfall.named(list(facts.entries.values())[member].title)
    return shortfall.named(list(facts.judges.values())[member].name)
