"""Anchors: the few scorecards more that make all judges comparable."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .arrays import BoolArray, IntArray, Pairs, mask_of, pairs_in, pairs_of
from .costs import load_costs, seat_costs
from .graph import JudgeGraph, judge_graph
from .problem import Problem
from .remaining import room_on_panels


class Outcome(StrEnum):
    """How the search for anchors ended.

    Two failures are certain: ``CUT_OFF`` (a part has no joint to any other that keeps the rules) and
    ``TOO_FEW_LOADS`` (the judges have fewer free loads than joints are needed). ``NOT_FOUND`` is
    not: joints compete for loads and room, and not every choice among them was tried.
    """

    CONNECTED = "connected"
    CUT_OFF = "cut_off"
    TOO_FEW_LOADS = "too_few_loads"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, eq=False)
class Anchors:
    """Seats to add to an assignment, in order, and how many parts the judges are in with them."""

    seats: Pairs
    parts: int
    outcome: Outcome


@dataclass(frozen=True, eq=False)
class _Joints:
    """Pairs that would join two parts: a judge's and an entry's."""

    pairs: Pairs
    judge_part: IntArray
    entry_part: IntArray
    economy: IntArray
    cost: IntArray


def find_anchors(problem: Problem, seats: Pairs) -> Anchors:
    """Return joints that connect the judges within loads, conflicts and the economy cap.

    Each adds a judge to a panel of another part, so there is one fewer than there were
    parts. The cheapest are taken first; if that ends in several parts, those of the parts
    with the fewest choices. Judges without a seat are left alone.
    """
    graph = judge_graph(seats, problem.shape)
    free = np.maximum(problem.judges.maximum - problem.loads(seats), 0)
    room = room_on_panels(problem, seats)
    joints = _joints(problem, seats, graph, mask=problem.allowed & (free > 0) & (room > 0)[:, problem.judge_economy])
    found: list[int] = []
    for order in (np.argsort(joints.cost, kind="stable"), _fewest_choices_first(joints, graph.parts)):
        found = max(found, _spanning(joints, order, graph.parts, free, room), key=len)
        if len(found) >= graph.parts - 1:
            break
    parts = graph.parts - len(found)
    outcome = Outcome.CONNECTED if parts <= 1 else _failure(joints, graph, free)
    return Anchors(pairs_of(map(tuple, joints.pairs[found].tolist())), parts, outcome)


def _joints(problem: Problem, seats: Pairs, graph: JudgeGraph, *, mask: BoolArray) -> _Joints:
    entry_part = np.full(len(problem.entries), -1, dtype=np.int64)
    entry_part[seats[:, 0]] = graph.part[seats[:, 1]]
    differ = (entry_part[:, None] != graph.part) & (entry_part >= 0)[:, None] & (graph.part >= 0)
    pairs = pairs_in(mask & differ & ~mask_of(seats, problem.shape))
    loads = problem.loads(seats)
    one_more = load_costs(problem, loads + 1) - load_costs(problem, loads)
    entry, judge = pairs[:, 0], pairs[:, 1]
    cost = (seat_costs(problem) + one_more)[entry, judge]
    return _Joints(pairs, graph.part[judge], entry_part[entry], problem.judge_economy[judge], cost)


def _fewest_choices_first(joints: _Joints, parts: int) -> IntArray:
    choices = _choices(joints, parts)
    scarce = np.minimum(choices[joints.judge_part], choices[joints.entry_part])
    return np.lexsort((joints.cost, scarce)).astype(np.int64)


def _choices(joints: _Joints, parts: int) -> IntArray:
    ends = np.concatenate([joints.judge_part, joints.entry_part])
    return np.bincount(ends, minlength=parts).astype(np.int64)


def _spanning(joints: _Joints, order: IntArray, parts: int, free: IntArray, room: IntArray) -> list[int]:
    """Return the joints taken in that order: each joins two parts (Kruskal), while loads and room last."""
    part, loads, places = list(range(parts)), free.copy(), room.copy()
    taken: list[int] = []
    for number in order.tolist():
        here, there = _root(part, int(joints.judge_part[number])), _root(part, int(joints.entry_part[number]))
        entry, judge = joints.pairs[number]
        economy = joints.economy[number]
        if here == there or loads[judge] == 0 or places[entry, economy] == 0:
            continue
        part[here] = there
        loads[judge] -= 1
        places[entry, economy] -= 1
        taken.append(number)
        if len(taken) == parts - 1:
            break
    return taken


def _root(part: list[int], number: int) -> int:
    while part[number] != number:
        part[number] = part[part[number]]
        number = part[number]
    return number


def _failure(joints: _Joints, graph: JudgeGraph, free: IntArray) -> Outcome:
    if (_choices(joints, graph.parts) == 0).any():
        return Outcome.CUT_OFF
    if free[graph.part >= 0].sum() < graph.parts - 1:
        return Outcome.TOO_FEW_LOADS
    return Outcome.NOT_FOUND
