"""What is to be assigned: entries, judges, and who may not judge what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from gtn_events.core.errors import DomainError

from .arrays import NO_PAIRS, BoolArray, FloatArray, IntArray, Pairs, count, mask_of
from .rules import Rules, SameEconomy


class ProblemRefused(DomainError):
    """The problem contradicts itself: no assignment could keep it."""


@dataclass(frozen=True, eq=False)
class Entries:
    """The entries of a round, one place in each field for each of them."""

    demand: IntArray
    economies: Sequence[Collection[str]]
    categories: Sequence[Collection[str]]
    topics: Sequence[Collection[str]]
    languages: Sequence[Collection[str]]

    def __len__(self) -> int:
        return len(self.demand)


@dataclass(frozen=True, eq=False)
class Judges:
    """The judges of a round; ``economy`` is None for a judge who belongs to no member economy."""

    minimum: IntArray
    maximum: IntArray
    economy: Sequence[str | None]
    topics: Sequence[Collection[str]]
    languages: Sequence[Collection[str]]

    def __len__(self) -> int:
        return len(self.maximum)


@dataclass(frozen=True, eq=False)
class Problem:
    """One assignment to be made.

    Args:
        fit: entries x judges, 0 (no match) to 1; see ``fit_of``.
        forbidden: pairs with a conflict of interest.
        fixed: started scorecards; they stay whatever the limits say now.
        present: the seats of the assignment before, which get the stay bonus.

    Raises:
        ProblemRefused: lengths that differ, a minimum above its maximum, a cap below 1, a fit
            outside 0 to 1, or a started scorecard that is not allowed.
    """

    entries: Entries
    judges: Judges
    fit: FloatArray
    rules: Rules = field(default_factory=Rules)
    forbidden: Pairs = field(default_factory=lambda: NO_PAIRS)
    fixed: Pairs = field(default_factory=lambda: NO_PAIRS)
    present: Pairs = field(default_factory=lambda: NO_PAIRS)

    def __post_init__(self) -> None:
        entries, judges = self.entries, self.judges
        per_entry = (entries.economies, entries.categories, entries.topics, entries.languages)
        per_judge = (judges.minimum, judges.economy, judges.topics, judges.languages)
        if {len(each) for each in per_entry} != {len(entries)} or {len(each) for each in per_judge} != {len(judges)}:
            raise ProblemRefused("Every entry and every judge needs one value in each field.")
        if self.fit.shape != self.shape or (self.fit.size and (self.fit.min() < 0 or self.fit.max() > 1)):
            raise ProblemRefused("The fit needs a value from 0 to 1 for each entry and judge.")
        if np.any(entries.demand < 0) or np.any(judges.minimum < 0) or np.any(judges.minimum > judges.maximum):
            raise ProblemRefused("A demand is at least 0, and a judge's minimum is at most their maximum.")
        if self.rules.economy_cap is not None and self.rules.economy_cap < 1:
            raise ProblemRefused("At least one judge of an economy must be allowed on a panel.")
        if not self.allowed[self.fixed[:, 0], self.fixed[:, 1]].all():
            raise ProblemRefused(
                "A started scorecard has a conflict of interest. Close it or dismiss the conflict first."
            )

    @property
    def shape(self) -> tuple[int, int]:
        """How many entries and how many judges there are."""
        return len(self.entries), len(self.judges)

    @cached_property
    def economies(self) -> tuple[str, ...]:
        """The economies of the judges, sorted."""
        return tuple(sorted({economy for economy in self.judges.economy if economy is not None}))

    @cached_property
    def judge_economy(self) -> IntArray:
        """Each judge's place in ``economies``; one past the end for a judge without an economy."""
        places: dict[str | None, int] = {economy: place for place, economy in enumerate(self.economies)}
        return np.array([places.get(economy, len(places)) for economy in self.judges.economy], dtype=np.int64)

    @cached_property
    def same_economy(self) -> BoolArray:
        """The entries x judges table that is True where both belong to one economy."""
        own = np.array([[name in of for name in self.economies] for of in self.entries.economies], dtype=np.bool_)
        own = np.column_stack(
            [own.reshape(len(self.entries), len(self.economies)), np.zeros(len(self.entries), dtype=np.bool_)]
        )
        return own[:, self.judge_economy]

    @cached_property
    def allowed(self) -> BoolArray:
        """The entries x judges table that is True where neither a conflict nor the rule of economies stands between."""
        free = ~mask_of(self.forbidden, self.shape)
        if self.rules.same_economy is SameEconomy.ONLY:
            return free & self.same_economy
        return free & ~self.same_economy if self.rules.same_economy is SameEconomy.FORBID else free

    def loads(self, seats: Pairs) -> IntArray:
        """How many of the seats each judge has."""
        return count(seats[:, 1], len(self.judges))

    def panel_sizes(self, seats: Pairs) -> IntArray:
        """How many of the seats each entry has."""
        return count(seats[:, 0], len(self.entries))

    def panel_economies(self, seats: Pairs) -> IntArray:
        """How many judges of each of ``economies`` a panel has; the last column counts those without one."""
        width = len(self.economies) + 1
        cells = seats[:, 0] * width + self.judge_economy[seats[:, 1]]
        return count(cells, len(self.entries) * width).reshape(len(self.entries), width)
