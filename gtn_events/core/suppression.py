"""Small cells of a table are left out of what is published, and so many more that none can be worked out."""

from collections.abc import Iterator, Sequence

SMALLEST = 3
Table = Sequence[Sequence[int]]
Place = tuple[int, int]
"""Row and column."""


def suppressed(table: Table, *, smallest: int = SMALLEST) -> frozenset[Place]:
    """Return the places of a table with totals that must not be published.

    A count from 1 to ``smallest - 1`` is left out. A line (a row or a column, its total
    among its numbers) with one gap would give it away, so the smallest other number above
    nought of that line goes too, until every line has no gap or at least two. Noughts stay:
    they tell of nobody.

    Args:
        table: counts; the last column holds the totals of the rows, the last row those of the columns.
    """
    gaps = {(row, column) for row, numbers in enumerate(table) for column, n in enumerate(numbers) if 0 < n < smallest}
    while (place := _next_gap(table, gaps)) is not None:
        gaps.add(place)
    return frozenset(gaps)


def _next_gap(table: Table, gaps: set[Place]) -> Place | None:
    for line in _lines(table):
        if sum(place in gaps for place in line) == 1:
            others = [place for place in line if place not in gaps and table[place[0]][place[1]] > 0]
            if others:
                # The total last: it says the most.
                return min(others, key=lambda place: (place == line[-1], table[place[0]][place[1]], place))
    return None


def _lines(table: Table) -> Iterator[list[Place]]:
    height, width = len(table), len(table[0]) if table else 0
    for row in range(height):
        yield [(row, column) for column in range(width)]
    for column in range(width):
        yield [(row, column) for row in range(height)]
