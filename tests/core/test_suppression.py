"""Small numbers are left out of a table, and none of them can be worked out from what is left."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gtn_events.core.suppression import suppressed


def with_totals(rows: list[list[int]]) -> list[list[int]]:
    lines = [[*row, sum(row)] for row in rows]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=6)
)


def test_a_row_with_one_small_number_loses_another() -> None:
    table = with_totals([[1, 8, 9], [7, 6, 5]])
    gaps = suppressed(table)
    assert (0, 0) in gaps
    assert sum(row == 0 for row, _column in gaps) >= 2
    assert sum(column == 0 for _row, column in gaps) >= 2


def test_noughts_and_large_numbers_stay() -> None:
    assert suppressed(with_totals([[0, 4], [5, 0]])) == frozenset()


def test_a_lone_small_total_of_the_whole_is_left_out() -> None:
    gaps = suppressed(with_totals([[2, 0]]))
    assert {(0, 0), (0, 2), (1, 0), (1, 2)} == gaps


@given(TABLES)
def test_every_small_number_is_left_out_and_no_line_gives_one_away(rows: list[list[int]]) -> None:
    table = with_totals(rows)
    gaps = suppressed(table)
    small = {(row, column) for row, line in enumerate(table) for column, n in enumerate(line) if 0 < n < 3}
    assert small <= gaps
    assert all(table[row][column] > 0 for row, column in gaps)
    height, width = len(table), len(table[0])
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    for line in lines:
        hidden = [place for place in line if place in gaps]
        left = [place for place in line if place not in gaps and table[place[0]][place[1]] > 0]
        assert len(hidden) != 1 or not left
    assert suppressed(table) == gaps


@given(TABLES)
def test_more_is_never_left_out_for_a_lower_limit(rows: list[list[int]]) -> None:
    table = with_totals(rows)
    assert not suppressed(table, smallest=1)
    small = [{place for place in suppressed(table, smallest=n) if table[place[0]][place[1]] < n} for n in (2, 3, 4)]
    assert all(lower <= higher for lower, higher in pairwise(small))
