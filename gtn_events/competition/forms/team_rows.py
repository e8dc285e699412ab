"""Adding and removing rows of the team in what a browser sent, without JavaScript."""

import re
from collections.abc import Mapping

from ..domain.entry_submission import MOST_MEMBERS

_NAME = re.compile(r"members-([0-9]{1,4})-(\w+)")


def with_row_added(typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the typed fields with one more, empty person; as they are when there are as many as there may be."""
    count = len(_numbers(typed))
    if count >= MOST_MEMBERS:
        return dict(typed)
    return {**_renumbered(typed, left_out=None), f"members-{count}-name": [""]}


def with_row_removed(typed: Mapping[str, list[str]], number: int) -> dict[str, list[str]]:
    """Return the typed fields without the person of this number, counted from 1; the last one is emptied."""
    numbers = _numbers(typed)
    if not 1 <= number <= len(numbers):
        return dict(typed)
    return _renumbered(typed, left_out=numbers[number - 1]) or {"members-0-name": [""]}


def _numbers(typed: Mapping[str, list[str]]) -> list[int]:
    return sorted({int(found[1]) for name in typed if (found := _NAME.fullmatch(name))})


def _renumbered(typed: Mapping[str, list[str]], *, left_out: int | None) -> dict[str, list[str]]:
    kept = [number for number in _numbers(typed) if number != left_out]
    places = {number: place for place, number in enumerate(kept)}
    rows: dict[str, list[str]] = {}
    for name, values in typed.items():
        found = _NAME.fullmatch(name)
        if found is None:
            rows[name] = values
        elif int(found[1]) in places:
            rows[f"members-{places[int(found[1])]}-{found[2]}"] = values
    return rows
