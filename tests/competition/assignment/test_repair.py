"""A change by hand says which rules it breaks and what it costs; substitutes break none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.assignment import (
    Breach,
    Pairs,
    Problem,
    Rule,
    Rules,
    assign,
    change_seats,
    pairs_of,
    substitutes,
    total_cost,
)
from gtn_events.competition.assignment.arrays import mask_of
from tests.competition.assignment.instances import STEADY, problem_of, problems

Change = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def breaches(problem: Problem, seats: Pairs, change: Change) -> list[Breach]:
    """Return what giving the first seats up and taking the second breaks."""
    return list(change_seats(problem, seats, give_up=pairs_of(change[0]), take=pairs_of(change[1])).breaches)


def test_move_that_breaks_nothing_shows_its_cost() -> None:
    problem = problem_of([1, 1], [2, 2, 2], fit=[[0.9, 0.4, 0.2], [0.9, 0.8, 0.2]], rules=Rules(balance=0))
    seats = pairs_of([(0, 0), (1, 1)])

    moved = change_seats(problem, seats, give_up=pairs_of([(0, 0)]), take=pairs_of([(0, 2)]))

    assert (moved.seats.tolist(), moved.breaches, moved.cost) == ([[0, 2], [1, 1]], (), 700)


def test_swap_keeps_loads_and_panels() -> None:
    problem = problem_of([1, 1], [1, 1], minimum=[1, 1], fit=[[0.9, 0.4], [0.9, 0.8]])
    seats = pairs_of([(0, 0), (1, 1)])

    swapped = change_seats(problem, seats, give_up=seats, take=pairs_of([(0, 1), (1, 0)]))

    assert (swapped.seats.tolist(), swapped.breaches, swapped.cost) == ([[0, 1], [1, 0]], (), 400)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (([(0, 2)], []), [Breach(Rule.ABSENT, 0, 2)]),
        (([], [(0, 0)]), [Breach(Rule.TWICE, 0, 0)]),
        (([(1, 1)], [(1, 0)]), [Breach(Rule.STARTED, 1, 1), Breach(Rule.MINIMUM, judge=1, limit=1, would_be=0)]),
        (([(0, 0)], [(0, 3)]), [Breach(Rule.CONFLICT, 0, 3)]),
        (([(1, 2)], [(1, 4)]), [Breach(Rule.SAME_ECONOMY, 1, 4)]),
        (([(0, 0)], []), [Breach(Rule.DEMAND, entry=0, limit=1, would_be=0)]),
        (([], [(0, 4)]), [Breach(Rule.DEMAND, entry=0, limit=1, would_be=2)]),
        (([(0, 0)], [(0, 2)]), [Breach(Rule.MAXIMUM, judge=2, limit=1, would_be=2)]),
        (([(1, 2)], [(1, 3)]), [Breach(Rule.ECONOMY_CAP, entry=1, economy="VN", limit=1, would_be=2)]),
    ],
)
def test_change_names_the_rule_it_breaks(change: Change, expected: list[Breach]) -> None:
    problem = problem_of(
        [1, 2],
        [2, 2, 1, 2, 2],
        minimum=[0, 1, 0, 0, 0],
        entry_economies=[{"PE"}, {"CHL"}],
        judge_economies=["INA", "VN", None, "VN", "CHL"],
        forbidden=[(0, 3)],
        fixed=[(1, 1)],
        rules=Rules(economy_cap=1),
    )
    seats = pairs_of([(0, 0), (1, 1), (1, 2)])

    assert breaches(problem, seats, change) == expected


def test_what_was_broken_before_is_not_named_again() -> None:
    # The panel is over its demand and the judge over the maximum already; moving another seat changes neither.
    problem = problem_of([1, 1], [0, 2, 2])
    seats = pairs_of([(0, 0), (0, 1), (1, 1)])

    assert breaches(problem, seats, ([(1, 1)], [(1, 2)])) == []


@settings(STEADY, max_examples=200)
@given(problem=problems(), data=st.data())
def test_substitutes_are_all_who_break_nothing_cheapest_first(problem: Problem, data: st.DataObject) -> None:
    seats = assign(problem).seats
    if len(seats) == 0:
        return
    entry, judge = data.draw(st.sampled_from(seats.tolist()))
    left = pairs_of([(entry, judge)])
    rest = pairs_of([pair for pair in map(tuple, seats.tolist()) if pair != (entry, judge)])
    given_up = {breach.rule for breach in change_seats(problem, seats, give_up=left).breaches} - {Rule.DEMAND}
    harmless = {}
    for other in set(range(len(problem.judges))) - {judge}:
        change = change_seats(problem, seats, give_up=left, take=pairs_of([(entry, other)]))
        # A panel may be over its cap by seats that are fixed; whoever comes must not bring it there again.
        anew = {breach.rule for breach in change_seats(problem, rest, take=pairs_of([(entry, other)])).breaches}
        fits = {breach.rule for breach in change.breaches} <= given_up and Rule.ECONOMY_CAP not in anew
        if fits and (entry, other) not in map(tuple, seats.tolist()):
            harmless[other] = change.cost

    found = substitutes(problem, seats, entry=entry, judge=judge, limit=6)

    assert {each.judge: each.cost for each in found} == harmless
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    assert all(each.fit == problem.fit[entry, each.judge] for each in found)
    assert substitutes(problem, seats, entry=entry, judge=judge, limit=1) == found[:1]


@settings(STEADY, max_examples=100)
@given(problem=problems(), data=st.data())
def test_cost_of_change_is_the_difference_of_totals(problem: Problem, data: st.DataObject) -> None:
    seats = assign(problem).seats
    pair = st.tuples(st.integers(0, problem.shape[0] - 1), st.integers(0, problem.shape[1] - 1))
    out, new = (pairs_of(data.draw(st.lists(pair, max_size=2))) for _ in range(2))

    change = change_seats(problem, seats, give_up=out, take=new)

    assert change.cost == total_cost(problem, change.seats) - total_cost(problem, seats)
    after = mask_of(change.seats, problem.shape)
    assert after[new[:, 0], new[:, 1]].all()
