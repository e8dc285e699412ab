"""Adding and removing rows of a list of people in what a browser sent, without JavaScript."""

import re
from collections.abc import Mapping


def with_row_added(typed: Mapping[str, list[str]], *, of: str, most: int) -> dict[str, list[str]]:
    """Return the typed fields with one more, empty row; as they are when there are as many as there may be.

    Args:
        of: the name of the list of rows; its first field is called ``name``.
    """
    count = len(_numbers(typed, of))
    if count >= most:
        return dict(typed)
    return {**_renumbered(typed, of, left_out=None), f"{of}-{count}-name": [""]}


def with_row_removed(typed: Mapping[str, list[str]], number: int, *, of: str) -> dict[str, list[str]]:
    """Return the typed fields without the row of this number, counted from 1; the last one is emptied."""
    numbers = _numbers(typed, of)
    if not 1 <= number <= len(numbers):
        return dict(typed)
    rows = _renumbered(typed, of, left_out=numbers[number - 1])
    return rows if len(numbers) > 1 else {**rows, f"{of}-0-name": [""]}


def _field(of: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(of)}-([0-9]{{1,4}})-(\w+)")


def _numbers(typed: Mapping[str, list[str]], of: str) -> list[int]:
    return sorted({int(found[1]) for name in typed if (found := _field(of).fullmatch(name))})


def _renumbered(typed: Mapping[str, list[str]], of: str, *, left_out: int | None) -> dict[str, list[str]]:
    kept = [number for number in _numbers(typed, of) if number != left_out]
    places = {number: place for place, number in enumerate(kept)}
    rows: dict[str, list[str]] = {}
    for name, values in typed.items():
        found = _field(of).fullmatch(name)
        if found is None:
            rows[name] = values
        elif int(found[1]) in places:
            rows[f"{of}-{places[int(found[1])]}-{found[2]}"] = values
    return rows
