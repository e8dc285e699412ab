"""Why an assignment is not complete: who cannot get enough, named by what they have in common."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from .arrays import BoolArray, IntArray
from .cuts import Piece, entries_are_capped, judges_are_capped, short_entries, short_judges
from .problem import Problem
from .remaining import Remaining


class Side(StrEnum):
    """Who is short: entries of judges, or judges of entries."""

    ENTRIES = "entries"
    JUDGES = "judges"


class Scope(StrEnum):
    """What those who are short have in common."""

    ONE = "one"
    ECONOMY = "economy"
    CATEGORY = "category"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True)
class Shortfall:
    """Entries that cannot get all their seats, or judges that cannot get their least load.

    Args:
        key: the economy or the category they share; empty for other scopes.
        members: the numbers of the entries (or judges).
        partners: how many judges (or entries) may be seated with at least one of them.
        needed: seats they need, started scorecards apart.
        available: the most they can get, even if nobody else got any.
        economy_cap: the cap on a panel, when it is part of the reason.
    """

    side: Side
    scope: Scope
    key: str
    members: tuple[int, ...]
    partners: int
    needed: int
    available: int
    economy_cap: int | None = None

    def named(self, name: str) -> dict[str, int | str | None]:
        """Return what a sentence about it is made from, JSON-ready; ``name`` is that of a single member."""
        return {
            "side": self.side.value,
            "scope": self.scope.value,
            "name": self.key or (name if self.scope is Scope.ONE else ""),
            "members": len(self.members),
            "partners": self.partners,
            "needed": self.needed,
            "available": self.available,
            "cap": self.economy_cap,
        }


def entries_short_of_judges(problem: Problem, left: Remaining) -> tuple[Shortfall, ...]:
    """Return the entries that cannot get their seats, most missing first; none stands in two."""
    pieces = _named(short_entries(problem, left), problem.entries.economies, problem.entries.categories)
    capped = partial(entries_are_capped, problem, left)
    return _shortfalls(Side.ENTRIES, pieces, left.demand, left.open, cap=problem.rules.economy_cap, capped=capped)


def judges_short_of_entries(problem: Problem, left: Remaining) -> tuple[Shortfall, ...]:
    """Return the judges that cannot get their least load, most missing first; none stands in two."""
    economies = [() if economy is None else (economy,) for economy in problem.judges.economy]
    pieces = _named(short_judges(problem, left), economies, [()] * len(problem.judges))
    capped = partial(judges_are_capped, problem, left)
    return _shortfalls(Side.JUDGES, pieces, left.minimum, left.open.T, cap=problem.rules.economy_cap, capped=capped)


def _named(
    pieces: Iterable[Piece], economies: Sequence[Collection[str]], categories: Sequence[Collection[str]]
) -> Iterator[tuple[Scope, str, Piece]]:
    """Yield the pieces with what their members share; pieces that share the same become one."""
    by_name: dict[tuple[Scope, str, int], list[Piece]] = {}
    for place, piece in enumerate(pieces):
        if common := _common(economies, piece):
            name = (Scope.ECONOMY, min(common), 0)
        elif common := _common(categories, piece):
            name = (Scope.CATEGORY, min(common), 0)
        else:
            name = (Scope.SOME, "", place)
        by_name.setdefault(name, []).append(piece)
    for (scope, key, _), alike in by_name.items():
        members = np.sort(np.concatenate([piece.members for piece in alike]))
        yield scope, key, Piece(members, sum(piece.available for piece in alike))


def _common(words: Sequence[Collection[str]], piece: Piece) -> set[str]:
    return set.intersection(*(set(words[member]) for member in piece.members))


def _shortfalls(
    side: Side,
    pieces: Iterable[tuple[Scope, str, Piece]],
    needs: IntArray,
    opened: BoolArray,
    *,
    cap: int | None,
    capped: Callable[[Piece], bool],
) -> tuple[Shortfall, ...]:
    found = []
    for common, key, piece in pieces:
        everybody = len(piece.members) == len(needs)
        scope = Scope.ONE if len(piece.members) == 1 else Scope.ALL if everybody else common
        found.append(
            Shortfall(
                side=side,
                scope=scope,
                key=key if scope is common else "",
                members=tuple(piece.members.tolist()),
                partners=int(opened[piece.members].any(axis=0).sum()),
                needed=int(needs[piece.members].sum()),
                available=piece.available,
                economy_cap=cap if cap is not None and capped(piece) else None,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.available - each.needed, each.members)))
