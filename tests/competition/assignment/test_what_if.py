"""What would be if a judge left."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.assignment import (
    Problem,
    assign,
    difference_between,
    pairs_of,
    without_judge,
)
from gtn_events.competition.assignment.arrays import mask_of
from tests.competition.assignment.instances import STEADY, problem_of, problems


def test_judge_who_leaves_is_replaced_and_others_stay() -> None:
    problem = problem_of([2, 2, 2], [3, 3, 3, 3], fixed=[(0, 0), (0, 1)])
    seats = pairs_of([(0, 0), (0, 1), (1, 0), (1, 2), (2, 1), (2, 2)])

    departure = without_judge(problem, seats, judge=0)

    assert departure.assignment.complete
    assert departure.changes.kept.tolist() == [[0, 1], [1, 2], [2, 1], [2, 2]]
    assert departure.changes.given_up.tolist() == [[0, 0], [1, 0]]
    assert departure.changes.taken.tolist() == [[0, 3], [1, 3]]
    assert (departure.changes.moved.tolist(), departure.changes.lost.tolist()) == ([1, 1, 0], [0, 0, 0])


def test_finished_scorecards_of_a_leaving_judge_count() -> None:
    problem = problem_of([1, 1], [2, 2], fixed=[(0, 0), (1, 0)])

    departure = without_judge(problem, problem.fixed, judge=0, finished=pairs_of([(0, 0)]))

    assert departure.assignment.seats.tolist() == [[0, 0], [1, 1]]


def test_seats_that_nobody_can_take_over_are_lost() -> None:
    departure = without_judge(problem_of([2], [1, 1]), pairs_of([(0, 0), (0, 1)]), judge=1)

    assert (departure.changes.lost.tolist(), departure.changes.moved.tolist()) == ([1], [0])
    assert [(each.needed, each.available) for each in departure.assignment.shortfalls] == [(2, 1)]


@settings(STEADY, max_examples=100)
@given(problem=problems(), data=st.data())
def test_assignment_without_a_judge_has_no_seat_of_theirs(problem: Problem, data: st.DataObject) -> None:
    seats = assign(problem).seats
    judge = data.draw(st.integers(0, problem.shape[1] - 1))

    departure = without_judge(problem, seats, judge=judge)

    assert judge not in departure.assignment.seats[:, 1]
    others = problem.fixed[problem.fixed[:, 1] != judge]
    assert mask_of(departure.assignment.seats, problem.shape)[others[:, 0], others[:, 1]].all()
    changes = departure.changes
    assert len(changes.kept) + changes.moved.sum() + changes.lost.sum() == len(seats)
    assert len(changes.kept) + changes.moved.sum() + changes.added.sum() == len(departure.assignment.seats)


def test_difference_counts_by_entry() -> None:
    before, after = pairs_of([(0, 0), (0, 1), (1, 0)]), pairs_of([(0, 0), (0, 2), (2, 1)])

    changes = difference_between(before, after, (3, 3))

    assert [each.tolist() for each in (changes.moved, changes.lost, changes.added)] == [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]
