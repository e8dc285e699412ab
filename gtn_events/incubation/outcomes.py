"""What became of firms: arithmetic over their figures, without database.

Sums and medians are over the firms that gave the figure at that moment. Those are other firms at every
moment, so a change is only told over firms that gave it at both. What fewer than ``LEAST`` firms gave is
not told at all: it would tell what one firm gave.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from .enums import Moment
from .figures import FIGURES, Figure

LEAST = 3
LATER = tuple(moment for moment in Moment if moment is not Moment.START)
GivenSet = tuple[int, Moment, Mapping[str, str | None]]
"""A placement's id, a moment, and the values by key; None where it is not known."""


@dataclass(frozen=True)
class Asked:
    """How many sets of one moment are due, and how many of them are confirmed."""

    moment: Moment
    due: int
    given: int


@dataclass(frozen=True)
class Level:
    """One figure at one moment; ``total`` and ``middle`` (the median) are None where too few gave it."""

    moment: Moment
    due: int
    given: int
    total: Decimal | None
    middle: Decimal | None


@dataclass(frozen=True)
class Change:
    """One figure from the start to a moment, over the firms that gave it at both; None where those are too few."""

    moment: Moment
    firms: int
    before: Decimal | None
    after: Decimal | None
    middle: Decimal | None


@dataclass(frozen=True)
class Outcome:
    """One figure over all moments."""

    figure: Figure
    levels: Sequence[Level]
    changes: Sequence[Change]

    @property
    def is_told(self) -> bool:
        """True when at least one moment can be told."""
        return any(level.middle is not None for level in self.levels)


def outcomes_of(sets: Iterable[GivenSet], asked: Sequence[Asked]) -> list[Outcome]:
    """Return every figure over the moments, in the order of the form.

    Args:
        sets: the confirmed sets.
        asked: one for each moment, in their order.
    """
    by_key: dict[str, dict[Moment, dict[int, Decimal]]] = {key: {moment: {} for moment in Moment} for key in FIGURES}
    for placement, moment, values in sets:
        for key in FIGURES:
            value = values.get(key)
            if value is not None:
                by_key[key][moment][placement] = Decimal(value)
    return [
        Outcome(
            figure=figure,
            levels=[_level(each, by_key[key][each.moment]) for each in asked],
            changes=[_change(moment, by_key[key][Moment.START], by_key[key][moment]) for moment in LATER],
        )
        for key, figure in FIGURES.items()
    ]


def _level(asked: Asked, values: Mapping[int, Decimal]) -> Level:
    enough = len(values) >= LEAST
    return Level(
        moment=asked.moment,
        due=asked.due,
        given=len(values),
        total=sum(values.values(), Decimal(0)) if enough else None,
        middle=median(values.values()) if enough else None,
    )


def _change(moment: Moment, start: Mapping[int, Decimal], later: Mapping[int, Decimal]) -> Change:
    both = start.keys() & later.keys()
    if len(both) < LEAST:
        return Change(moment, len(both), None, None, None)
    return Change(
        moment=moment,
        firms=len(both),
        before=sum((start[each] for each in both), Decimal(0)),
        after=sum((later[each] for each in both), Decimal(0)),
        middle=median(later[each] - start[each] for each in both),
    )
