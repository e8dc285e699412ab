"""Every assignment keeps every rule, whatever is asked of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from gtn_events.competition.assignment import (
    NO_PAIRS,
    Problem,
    ProblemRefused,
    Rule,
    Rules,
    SameEconomy,
    assign,
    change_seats,
)
from gtn_events.competition.assignment.arrays import mask_of
from tests.competition.assignment.instances import STEADY, problem_of, problems, random_problem


@settings(STEADY, max_examples=300)
@given(problem=problems())
def test_assignment_keeps_every_rule(problem: Problem) -> None:
    assignment = assign(problem)
    seats, started = assignment.seats, mask_of(problem.fixed, problem.shape)
    given_out = mask_of(seats, problem.shape)

    assert len(np.unique(seats, axis=0)) == len(seats)
    assert (given_out | ~started).all()
    assert not (given_out & ~problem.allowed).any()
    most = np.maximum(problem.judges.maximum, problem.loads(problem.fixed))
    assert (problem.loads(seats) <= most).all()
    size = np.maximum(problem.entries.demand, problem.panel_sizes(problem.fixed))
    assert (problem.panel_sizes(seats) <= size).all()
    if problem.rules.economy_cap is not None:
        cap = np.maximum(problem.rules.economy_cap, problem.panel_economies(problem.fixed)[:, :-1])
        assert (problem.panel_economies(seats)[:, :-1] <= cap).all()
    missing = problem.entries.demand - problem.panel_sizes(seats)
    assert assignment.missing.tolist() == np.maximum(missing, 0).tolist()
    assert assignment.complete == (not assignment.missing.any() and not assignment.idle.any())


@settings(STEADY, max_examples=50)
@given(problem=problems())
def test_same_problem_gives_same_assignment(problem: Problem) -> None:
    first, second = assign(problem), assign(replace(problem))

    assert first.seats.tolist() == second.seats.tolist()
    assert (first.cost, first.shortfalls, first.looked_at) == (second.cost, second.shortfalls, second.looked_at)


def test_narrow_look_depends_on_seed_alone() -> None:
    problem = random_problem(40, 30, demand=3, slack=3, conflicts=0.1, cap=None, seed=5)
    problem = replace(problem, judges=replace(problem.judges, minimum=np.zeros(30, dtype=np.int64)))
    looked = [assign(replace(problem, rules=Rules(best=4, others=4, seed=seed))) for seed in (1, 1, 2)]

    assert [each.looked_at for each in looked] == [8, 8, 8]
    assert looked[0].seats.tolist() == looked[1].seats.tolist()
    assert looked[0].seats.tolist() != looked[2].seats.tolist()


def test_look_widens_until_all_seats_are_given() -> None:
    # Both entries fit judge 0 best, who takes one: with the best judge alone an entry would miss its seat.
    problem = problem_of(
        [1, 1], [1, 1, 1], fit=[[1, 0.5, 0.2], [1, 0.5, 0.2]], rules=Rules(best=1, others=0, balance=0)
    )

    assignment = assign(problem)

    assert (assignment.complete, assignment.looked_at) == (True, 3)
    assert sorted(assignment.seats[:, 1].tolist()) == [0, 1]


def test_load_is_spread_evenly_by_share_of_maximum() -> None:
    assignment = assign(problem_of([1] * 12, [6, 6, 12]))

    assert np.bincount(assignment.seats[:, 1]).tolist() == [3, 3, 6]


@pytest.mark.parametrize("entries", [8, 9, 10, 13, 20])
def test_judges_who_fit_alike_read_alike(entries: int) -> None:
    problem = problem_of([3] * entries, [20] * 7, fit=[[0.7] * 7] * entries)
    loads = problem.loads(assign(problem).seats)
    assert int(loads.max() - loads.min()) <= 1, loads


def test_better_fit_is_worth_more_than_balance_when_balance_costs_nothing() -> None:
    problem = problem_of([1] * 4, [4, 4], fit=[[1, 0.9]] * 4, rules=Rules(balance=0))

    assert assign(problem).seats[:, 1].tolist() == [0] * 4


def test_present_seat_stays_for_small_gain_and_moves_for_large_one() -> None:
    stays = problem_of([1], [1, 1], fit=[[0.5, 0.9]], present=[(0, 0)])
    moves = problem_of([1], [1, 1], fit=[[0.2, 0.9]], present=[(0, 0)])

    assert assign(stays).seats.tolist() == [[0, 0]]
    assert assign(moves).seats.tolist() == [[0, 1]]


def test_present_seats_are_looked_at_beside_the_best() -> None:
    # Judge 1 is best for both entries and takes one. Entry 0 has judge 0 from before, so no wider look is needed.
    problem = problem_of(
        [1, 1], [1, 1, 1], fit=[[0.6, 0.9, 0], [0, 1, 0]], present=[(0, 0), (0, 1)], rules=Rules(best=1, others=0)
    )

    assignment = assign(problem)

    assert (assignment.seats.tolist(), assignment.looked_at) == ([[0, 0], [1, 1]], 1)


def test_started_scorecard_stays_when_limits_were_lowered_since() -> None:
    problem = problem_of(
        [1, 1],
        [1, 2],
        judge_economies=["VN", "VN"],
        fixed=[(0, 0), (0, 1), (1, 0)],
        rules=Rules(economy_cap=1),
    )

    assert assign(problem).seats.tolist() == [[0, 0], [0, 1], [1, 0]]


def test_missing_seats_are_spread_evenly() -> None:
    assignment = assign(problem_of([3, 3, 3], [3, 3], fit=[[1, 1], [1, 1], [0, 0]]))
    short = assign(problem_of([2, 2, 2], [2, 1], fit=[[1, 1], [1, 1], [0, 0]]))

    assert assignment.missing.tolist() == [1, 1, 1]
    assert short.missing.tolist() == [1, 1, 1]


def test_same_economy_is_forbidden_or_allowed_by_policy() -> None:
    chosen = {}
    for policy in SameEconomy:
        problem = problem_of(
            [1], [1, 1], judge_economies=["PE", "VN"], fit=[[1, 0.1]], rules=Rules(same_economy=policy)
        )
        chosen[policy] = assign(problem).seats.tolist()

    assert chosen == {"forbid": [[0, 1]], "allow": [[0, 0]], "estimate": [[0, 0]], "only": [[0, 0]]}


def test_judge_without_economy_counts_for_no_cap() -> None:
    problem = problem_of([3], [1, 1, 1], rules=Rules(economy_cap=1))

    assert assign(problem).complete


def test_entry_of_two_economies_is_closed_to_judges_of_both() -> None:
    problem = problem_of([1], [1, 1], entry_economies=[{"PE", "VN"}], judge_economies=["PE", "VN"])

    assert assign(problem).missing.tolist() == [1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum": [2, 0]}, "A demand is at least 0, and a judge's minimum is at most their maximum."),
        ({"demand": [-1]}, "A demand is at least 0, and a judge's minimum is at most their maximum."),
        ({"fit": [[0.5, 1.5]]}, "The fit needs a value from 0 to 1 for each entry and judge."),
        ({"fit": [[0.5]]}, "The fit needs a value from 0 to 1 for each entry and judge."),
        ({"judge_economies": ["PE"]}, "Every entry and every judge needs one value in each field."),
        ({"rules": Rules(economy_cap=0)}, "At least one judge of an economy must be allowed on a panel."),
        (
            {"forbidden": [(0, 1)], "fixed": [(0, 1)]},
            "A started scorecard has a conflict of interest. Close it or dismiss the conflict first.",
        ),
    ],
)
def test_problem_that_contradicts_itself_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ProblemRefused) as refused:
        problem_of(**{"demand": [1], "maximum": [1, 1], **changed})

    assert refused.value.message == said


@pytest.mark.parametrize(("demand", "maximum"), [([], []), ([], [3]), ([0, 0], [1])])
def test_nothing_to_assign_is_complete(demand: list[int], maximum: list[int]) -> None:
    problem = problem_of(demand, maximum)
    assignment = assign(problem)

    assert (assignment.seats.tolist(), assignment.complete) == ([], True)


def test_entries_without_judges_miss_all_their_seats() -> None:
    assignment = assign(problem_of([2], []))

    assert assignment.missing.tolist() == [2]
    assert [(each.partners, each.needed, each.available) for each in assignment.shortfalls] == [(0, 2, 0)]


@pytest.mark.parametrize("policy", [SameEconomy.ONLY, SameEconomy.FORBID])
def test_own_economy_is_the_only_one_or_none(policy: SameEconomy) -> None:
    problem = random_problem(40, 30, demand=2, slack=3, conflicts=0.1, cap=None, seed=5)
    seats = assign(replace(problem, rules=replace(problem.rules, same_economy=policy))).seats
    own = problem.same_economy[seats[:, 0], seats[:, 1]]
    assert len(seats) > 0
    assert set(own.tolist()) == {policy is SameEconomy.ONLY}


def test_judge_of_another_economy_breaks_the_rule_of_a_change_by_hand() -> None:
    problem = random_problem(10, 10, demand=2, slack=3, conflicts=0.0, cap=None, seed=5)
    problem = replace(problem, rules=replace(problem.rules, same_economy=SameEconomy.ONLY))
    foreign = np.argwhere(~problem.same_economy)[:1]
    change = change_seats(problem, NO_PAIRS, take=foreign)
    assert [breach.rule for breach in change.breaches if breach.rule is Rule.SAME_ECONOMY] == [Rule.SAME_ECONOMY]
