"""An assignment is as good as the optimum of a linear program, priority by priority."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from gtn_events.competition.assignment import Problem, assign
from tests.competition.assignment.instances import STEADY, problems, random_problem
from tests.competition.assignment.linear import best_value, value_of


@settings(STEADY, max_examples=150)
@given(problem=problems())
def test_small_assignment_equals_linear_program(problem: Problem) -> None:
    everybody = replace(problem, rules=replace(problem.rules, best=40))

    assert value_of(everybody, assign(everybody).seats) == best_value(everybody)


@settings(STEADY, max_examples=100)
@given(problem=problems())
def test_narrow_look_misses_no_seat_and_no_minimum(problem: Problem) -> None:
    found, best = value_of(problem, assign(problem).seats), best_value(problem)

    assert (found.missing, found.spread, found.idle) == (best.missing, best.spread, best.idle)
    assert found.cost >= best.cost


@pytest.mark.parametrize("cap", [None, 1, 2])
@pytest.mark.parametrize(
    ("slack", "conflicts"), [(1.5, 0.0), (1.5, 0.4), (1.0, 0.0), (1.0, 0.3), (0.8, 0.2), (1.2, 0.85)]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_larger_assignment_equals_linear_program(cap: int | None, slack: float, conflicts: float, seed: int) -> None:
    problem = random_problem(60, 30, demand=3, slack=slack, conflicts=conflicts, cap=cap, seed=seed)

    assert value_of(problem, assign(problem).seats) == best_value(problem)
