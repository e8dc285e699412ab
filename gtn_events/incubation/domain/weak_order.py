"""An order in tiers: equals share one, and two buttons reach every order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..errors import ReviewRefused

Tiers = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class WeakOrder:
    """Ids in tiers, the best first; no tier is empty and no id stands twice."""

    tiers: Tiers = ()

    @classmethod
    def of(cls, placed: Iterable[tuple[int, int]]) -> "WeakOrder":
        """Return the order of (tier, id) pairs, with the gaps between tiers closed."""
        rows = sorted(placed, key=lambda pair: pair[0])
        return cls(tuple(tuple(id_ for _tier, id_ in group) for _key, group in groupby(rows, key=lambda pair: pair[0])))

    @property
    def ids(self) -> list[int]:
        """Every id, the best first."""
        return [id_ for tier in self.tiers for id_ in tier]

    def up(self, id_: int) -> "WeakOrder":
        """Move one step better: out of a shared tier to just above it, or into the tier above."""
        return self._moved(id_, -1)

    def down(self, id_: int) -> "WeakOrder":
        """Move one step worse: out of a shared tier to just below it, or into the tier below."""
        return self._moved(id_, 1)

    def placed(self, id_: int) -> "WeakOrder":
        """Put an id at the end, in a tier of its own."""
        if id_ in self.ids:
            raise ReviewRefused("This application has its place already.")
        return WeakOrder((*self.tiers, (id_,)))

    def without(self, id_: int) -> "WeakOrder":
        """Take an id out; one that is not there is no matter."""
        return WeakOrder(_closed(tuple(each for each in tier if each != id_) for tier in self.tiers))

    def _moved(self, id_: int, by: int) -> "WeakOrder":
        at = next((number for number, tier in enumerate(self.tiers) if id_ in tier), None)
        if at is None:
            raise ReviewRefused("This application has no place in your order any more.")
        tiers = [list(tier) for tier in self.tiers]
        if len(tiers[at]) > 1:
            tiers[at].remove(id_)
            tiers.insert(at if by < 0 else at + 1, [id_])
        elif 0 <= at + by < len(tiers):
            tiers[at + by].insert(len(tiers[at + by]) if by < 0 else 0, id_)
            tiers.pop(at)
        return WeakOrder(_closed(map(tuple, tiers)))


def _closed(tiers: Iterable[Sequence[int]]) -> Tiers:
    return tuple(tuple(tier) for tier in tiers if tier)
