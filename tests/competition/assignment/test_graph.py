"""Judges can be compared when the graph of shared entries is connected; anchors make it so."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings

from gtn_events.competition.assignment import (
    NO_PAIRS,
    Outcome,
    Pairs,
    Problem,
    Rules,
    assign,
    find_anchors,
    judge_graph,
    pairs_of,
)
from gtn_events.competition.assignment import graph as graph_module
from gtn_events.competition.assignment.arrays import mask_of
from tests.competition.assignment.instances import STEADY, problem_of, problems, random_problem


def parts_by_union_find(seats: Pairs) -> set[frozenset[int]]:
    """Return the judges of each connected part."""
    root = {judge: judge for judge in seats[:, 1].tolist()}

    def find(judge: int) -> int:
        return judge if root[judge] == judge else find(root[judge])

    for (entry, judge), (other_entry, other) in combinations(seats.tolist(), 2):
        if entry == other_entry:
            root[find(judge)] = find(other)
    return {frozenset(judge for judge in root if find(judge) == top) for top in root if root[top] == top}


@settings(STEADY, max_examples=200)
@given(problem=problems())
def test_parts_equal_union_find(problem: Problem) -> None:
    seats = assign(problem).seats
    found = judge_graph(seats, problem.shape)

    parts = {frozenset(np.flatnonzero(found.part == part).tolist()) for part in range(found.parts)}
    assert parts == parts_by_union_find(seats)
    assert set(np.flatnonzero(found.part < 0).tolist()) == set(range(len(problem.judges))) - set(seats[:, 1].tolist())
    assert (found.connectivity > 0) == (found.parts == 1 and len(set(seats[:, 1].tolist())) > 1)


def test_connectivity_of_known_graphs() -> None:
    # A complete graph of n judges has n; a path of three has 1; an edge has 2, and twice as much when it is doubled.
    together = judge_graph(pairs_of((0, judge) for judge in range(5)), (1, 5))
    path = judge_graph(pairs_of([(0, 0), (0, 1), (1, 1), (1, 2)]), (2, 3))
    twice = judge_graph(pairs_of([(0, 0), (0, 1), (1, 0), (1, 1)]), (2, 2))

    assert [round(each.connectivity, 9) for each in (together, path, twice)] == [5, 1, 4]


def test_connectivity_is_zero_without_anything_to_compare() -> None:
    alone = judge_graph(pairs_of([(0, 0), (1, 0)]), (2, 3))
    apart = judge_graph(pairs_of([(0, 0), (1, 1)]), (2, 2))
    nobody = judge_graph(NO_PAIRS, (2, 2))

    assert [(each.parts, each.connected, each.connectivity) for each in (alone, apart, nobody)] == [
        (1, True, 0),
        (2, False, 0),
        (0, True, 0),
    ]


def test_lanczos_finds_the_same_eigenvalue(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(80, 40, demand=3, slack=1.2, conflicts=0.2, cap=None, seed=3)
    seats = assign(problem).seats
    dense = judge_graph(seats, problem.shape).connectivity
    monkeypatch.setattr(graph_module, "DENSE_JUDGES", 0)

    assert judge_graph(seats, problem.shape).connectivity == pytest.approx(dense, rel=1e-8)


@settings(STEADY, max_examples=150)
@given(problem=problems())
def test_anchors_keep_every_rule_and_join_parts(problem: Problem) -> None:
    seats = assign(problem).seats
    before = judge_graph(seats, problem.shape)
    found = find_anchors(problem, seats)
    together = np.concatenate([seats, found.seats])

    assert len(np.unique(together, axis=0)) == len(together)
    assert not (mask_of(found.seats, problem.shape) & ~problem.allowed).any()
    fuller = problem.loads(together) > problem.loads(seats)
    assert (problem.loads(together) <= problem.judges.maximum)[fuller].all()
    if problem.rules.economy_cap is not None:
        now, then = problem.panel_economies(together)[:, :-1], problem.panel_economies(seats)[:, :-1]
        assert (now[now > then] <= problem.rules.economy_cap).all()
    assert found.parts == judge_graph(together, problem.shape).parts == before.parts - len(found.seats)
    assert (found.outcome is Outcome.CONNECTED) == (found.parts <= 1)


@settings(STEADY, max_examples=150)
@given(problem=problems())
def test_anchors_are_certain_when_they_say_it_cannot_be(problem: Problem) -> None:
    seats = assign(problem).seats
    found = find_anchors(problem, seats)

    if found.outcome in {Outcome.CUT_OFF, Outcome.TOO_FEW_LOADS}:
        choices = choices_of_joints(problem, seats)
        assume(choices is not None)
        assert not any(connects(problem, seats, pairs_of(chosen)) for chosen in choices)


def choices_of_joints(problem: Problem, seats: Pairs) -> Iterable[tuple[tuple[int, int], ...]] | None:
    """Return every choice of as few additional seats as could connect the judges; None when there are too many."""
    seated = np.unique(seats[:, 1])
    free = problem.allowed & ~mask_of(seats, problem.shape)
    pairs = [(entry, judge) for entry, judge in np.argwhere(free).tolist() if judge in seated]
    joints = judge_graph(seats, problem.shape).parts - 1
    return combinations(pairs, joints) if comb(len(pairs), joints) <= 1000 else None


def connects(problem: Problem, seats: Pairs, chosen: Pairs) -> bool:
    """Say whether additional seats connect the judges and keep every rule."""
    together = np.concatenate([seats, chosen])
    loads, before = problem.loads(together), problem.loads(seats)
    panels, panels_before = problem.panel_economies(together)[:, :-1], problem.panel_economies(seats)[:, :-1]
    cap = problem.rules.economy_cap or len(problem.judges)
    within = (loads <= problem.judges.maximum)[loads > before].all() and (panels[panels > panels_before] <= cap).all()
    return bool(within) and judge_graph(together, problem.shape).connected


def two_camps(**more: object) -> tuple[Problem, Pairs]:
    """Return four entries, two judged by judges 0 and 1, two by 2 and 3."""
    problem = problem_of([2] * 4, [3] * 4, **more)
    return problem, pairs_of([(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)])


def test_cheapest_joint_is_taken() -> None:
    fit = [[0.5] * 4 for _ in range(4)]
    fit[3][1] = 0.9

    found = find_anchors(*two_camps(fit=fit))

    assert (found.seats.tolist(), found.parts, found.outcome) == ([[3, 1]], 1, Outcome.CONNECTED)


def test_parts_that_conflicts_keep_apart_are_cut_off() -> None:
    conflicts = [(entry, judge) for entry in range(4) for judge in range(4) if (entry < 2) != (judge < 2)]

    found = find_anchors(*two_camps(forbidden=conflicts))

    assert (len(found.seats), found.parts, found.outcome) == (0, 2, Outcome.CUT_OFF)


def test_judges_who_have_no_load_free_cannot_be_joined() -> None:
    problem, seats = two_camps()
    full = replace(problem, judges=replace(problem.judges, maximum=np.full(4, 2)))

    assert find_anchors(full, seats).outcome is Outcome.CUT_OFF


def test_anchor_keeps_economy_cap() -> None:
    problem, seats = two_camps(
        entry_economies=[{"CHL"}] * 4, judge_economies=["VN", "PE", "VN", "PE"], rules=Rules(economy_cap=1)
    )

    assert find_anchors(problem, seats).outcome is Outcome.CUT_OFF


def test_scarce_joints_are_kept_for_those_who_need_them() -> None:
    # Judge 0 has one load free. The cheapest use of it would leave judge 2 alone, whom nobody else can join.
    problem = problem_of([1] * 3, [2, 2, 1], fit=[[1, 0, 1], [1, 1, 1], [0, 1, 1]], forbidden=[(2, 1)])

    found = find_anchors(problem, pairs_of([(0, 0), (1, 1), (2, 2)]))

    assert (found.seats.tolist(), found.outcome) == ([[0, 1], [2, 0]], Outcome.CONNECTED)


def test_free_load_is_used_once() -> None:
    problem = problem_of([1] * 3, [2, 1, 1])

    found = find_anchors(problem, pairs_of([(0, 0), (1, 1), (2, 2)]))

    assert (len(found.seats), found.parts, found.outcome) == (1, 2, Outcome.TOO_FEW_LOADS)


def test_two_anchors_of_one_economy_share_no_panel_of_cap_one() -> None:
    # Judges 1 and 2 are of one economy; both fit entry 0 best, and no other entry is open to them.
    problem = problem_of(
        [1] * 3,
        [1, 2, 2],
        judge_economies=["VN", "CHL", "CHL"],
        forbidden=[(2, 1), (1, 2)],
        rules=Rules(economy_cap=1),
    )

    found = find_anchors(problem, pairs_of([(0, 0), (1, 1), (2, 2)]))

    assert (len(found.seats), found.parts, found.outcome) == (1, 2, Outcome.NOT_FOUND)
