"""When seats are missing, the reason given is true to the number."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from gtn_events.competition.assignment import Problem, Rules, Scope, Shortfall, Side, assign
from gtn_events.competition.assignment.remaining import remaining
from gtn_events.competition.words import words_of_shortfall
from tests.competition.assignment.instances import STEADY, problem_of, problems
from tests.competition.assignment.linear import best_value


def said(problem: Problem) -> list[str]:
    """Return the sentences about an assignment; keys and numbers stand for names."""
    return [worded(each) for each in assign(problem).shortfalls]


def worded(shortfall: Shortfall) -> str:
    named = shortfall.named(f"number {shortfall.members[0]}")
    return words_of_shortfall(named, {"PE": "Peru"}, {"energy": "Energy"})


@settings(STEADY, max_examples=200)
@given(problem=problems())
def test_shortfalls_name_all_that_is_missing_and_nothing_twice(problem: Problem) -> None:
    assignment = assign(problem)

    for side, missing in ((Side.ENTRIES, assignment.missing), (Side.JUDGES, assignment.idle)):
        found = [each for each in assignment.shortfalls if each.side is side]
        members = [member for each in found for member in each.members]
        assert len(members) == len(set(members))
        assert sum(each.needed - each.available for each in found) == missing.sum()
        assert set(np.flatnonzero(missing).tolist()) <= set(members)
        assert all(each.needed > each.available for each in found)


@settings(STEADY, max_examples=200)
@given(problem=problems())
def test_numbers_of_shortfall_are_true(problem: Problem) -> None:
    left = remaining(problem)
    for each in assign(problem).shortfalls:
        members = list(each.members)
        ours, needs, opened = (
            (problem.entries, left.demand, left.open)
            if each.side is Side.ENTRIES
            else (problem.judges, left.minimum, left.open.T)
        )
        assert each.needed == needs[members].sum()
        assert each.partners == opened[members].any(axis=0).sum()
        assert each.needed - each.available == missing_alone(problem, each)
        if each.economy_cap is not None:
            assert missing_alone(replace(problem, rules=replace(problem.rules, economy_cap=None)), each) < (
                each.needed - each.available
            )
        assert (each.scope is Scope.ONE) == (len(members) == 1)
        assert (each.scope is Scope.ALL) == (len(members) == len(ours) > 1)
        if each.scope is Scope.ECONOMY and each.side is Side.ENTRIES:
            assert all(each.key in problem.entries.economies[member] for member in members)
        if each.scope is Scope.CATEGORY:
            assert all(each.key in problem.entries.categories[member] for member in members)


def missing_alone(problem: Problem, shortfall: Shortfall) -> int:
    """Return how many seats the members would miss if nobody else asked for any, by linear program."""
    others = np.ones(problem.shape[0 if shortfall.side is Side.ENTRIES else 1], dtype=np.bool_)
    others[list(shortfall.members)] = False
    if shortfall.side is Side.ENTRIES:
        demand = np.where(others, 0, problem.entries.demand)
        return best_value(replace(problem, entries=replace(problem.entries, demand=demand))).missing
    minimum = np.where(others, 0, problem.judges.minimum)
    return best_value(replace(problem, judges=replace(problem.judges, minimum=minimum))).idle


def test_entries_of_one_economy_are_named_by_it() -> None:
    # 18 entries of Peru need 5 seats each; 14 foreign judges may judge them and have 62 loads.
    loads = [5] * 6 + [4] * 8
    problem = problem_of(
        [5] * 18 + [1],
        [*loads, 200],
        entry_economies=[{"PE"}] * 18 + [{"VN"}],
        judge_economies=["VN"] * 14 + ["PE"],
        rules=Rules(balance=0),
    )

    assert said(problem) == ["Peru: 14 allowed judges, 90 seats needed, 62 available."]
    assert assign(problem).missing[18] == 0


def test_entries_of_one_category_are_named_by_it() -> None:
    problem = problem_of(
        [2, 2, 1],
        [2, 1, 9],
        entry_economies=[{"PE"}, {"VN"}, {"CHL"}],
        categories=[{"energy"}, {"energy", "water"}, {"water"}],
        forbidden=[(0, 2), (1, 2)],
    )

    assert said(problem) == ["Energy: 2 allowed judges, 4 seats needed, 3 available."]


def test_one_entry_is_named_alone() -> None:
    problem = problem_of([1, 1], [1, 1], forbidden=[(1, 0), (1, 1)])

    assert said(problem) == ["number 1: 0 allowed judges, 1 seat needed, none available."]


def test_all_entries_are_named_together_when_they_share_nothing() -> None:
    problem = problem_of([2, 2, 2], [2, 2], entry_economies=[{"PE"}, {"VN"}, {"CHL"}])

    assert said(problem) == ["All 3 entries: 2 allowed judges, 6 seats needed, 4 available."]


def test_some_entries_are_counted_when_they_share_nothing() -> None:
    problem = problem_of(
        [1, 1, 1],
        [1, 1],
        entry_economies=[{"PE"}, {"VN"}, {"CHL"}],
        forbidden=[(0, 1), (1, 1), (2, 0)],
    )

    assert said(problem) == ["2 entries: 1 allowed judge, 2 seats needed, 1 available."]


def test_economy_cap_is_named_when_it_is_the_reason() -> None:
    problem = problem_of(
        [3], [1] * 4, judge_economies=["VN", "VN", "VN", "CHL"], categories=[{"energy"}], rules=Rules(economy_cap=1)
    )

    assert said(problem) == [
        "number 0: 4 allowed judges, 3 seats needed, 2 available with at most 1 of one economy on a panel."
    ]


def test_judges_without_enough_entries_are_named() -> None:
    problem = problem_of(
        [1, 1], [3, 3], minimum=[2, 0], judge_economies=["VN", "CHL"], forbidden=[(0, 0)], rules=Rules(balance=0)
    )
    crowded = problem_of([2, 2], [3, 3, 3], minimum=[2, 2, 2])

    assert said(problem) == ["number 0: 1 allowed entry, a least load of 2, 1 available."]
    assert said(crowded) == ["All 3 judges: 2 allowed entries, a least load of 6, 4 available."]


def test_started_scorecards_are_not_counted_as_needed() -> None:
    problem = problem_of([3, 3], [2, 2], fixed=[(0, 0), (1, 0), (0, 1)])

    assert said(problem) == ["All 2 entries: 1 allowed judge, 3 seats needed, 1 available."]


def test_shortfall_is_named_by_values_that_a_page_words() -> None:
    shortfall = Shortfall(Side.ENTRIES, Scope.ECONOMY, "PE", (0, 1), 14, 90, 62)
    assert shortfall.named("the first entry") == {
        "side": "entries",
        "scope": "economy",
        "name": "PE",
        "members": 2,
        "partners": 14,
        "needed": 90,
        "available": 62,
        "cap": None,
    }
    assert worded(shortfall) == "Peru: 14 allowed judges, 90 seats needed, 62 available."
