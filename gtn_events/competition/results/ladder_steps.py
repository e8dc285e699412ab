"""The steps of the tie ladder: what each one counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from .rounding import CENT

Number = Fraction | Decimal | int
NOT_SCORED = Fraction(-(10**9))


class Step(StrEnum):
    """What a tied group is split by."""

    TOTAL = "total"
    HEAD_TO_HEAD = "head-to-head"
    CRITERION = "criterion"
    FIRST_PLACES = "first-places"
    CHAIR = "chair"
    LOT = "lot"


@dataclass(frozen=True)
class Rung:
    """One step, with the criterion it looks at if it is one of those."""

    step: Step
    criterion: str = ""


@dataclass(frozen=True)
class Contender:
    """One entry on the ladder.

    Args:
        key: its reference, unique; the lot is drawn on it.
        total: the total that ranks, as published (two decimals).
        cards: the total that each judge gave, by the judge's key.
        points: for each criterion the points its judges gave, in any order.
    """

    key: str
    total: Decimal
    cards: Mapping[str, Decimal]
    points: Mapping[str, Sequence[Decimal]]


def figure_of(
    rung: Rung, tied: Sequence[Contender], *, chair: Sequence[str], best: Mapping[str, int]
) -> dict[str, Number]:
    """Return the figure of each tied entry at this step, the higher the better."""
    match rung.step:
        case Step.TOTAL:
            return {entry.key: entry.total.quantize(CENT, ROUND_HALF_UP) for entry in tied}
        case Step.HEAD_TO_HEAD:
            return head_to_head(tied)
        case Step.CRITERION:
            return {entry.key: _mean(entry.points.get(rung.criterion, ())) for entry in tied}
        case Step.FIRST_PLACES:
            return {entry.key: best.get(entry.key, 0) for entry in tied}
        case Step.CHAIR:
            behind = {key: -position for position, key in enumerate(chair)}
            return {entry.key: behind.get(entry.key, -len(chair)) for entry in tied}
        case Step.LOT:
            raise ValueError("the lot is drawn, not counted")


def shown(figure: Number) -> str:
    """Return a figure for the log: means with four decimals, nothing for a criterion without a score."""
    if isinstance(figure, Fraction):
        return "" if figure == NOT_SCORED else f"{float(figure):.4f}"
    return str(figure)


def head_to_head(tied: Sequence[Contender]) -> dict[str, Number]:
    """Return for each entry how many comparisons it won minus how many it lost.

    Only judges who scored all of the group count. For each of them, an entry wins against every tied entry
    that they gave less, and loses against every one that they gave more. For two entries this is the majority.
    """
    judges = set.intersection(*(set(entry.cards) for entry in tied))
    return {entry.key: sum(_won(entry, tied, judge) for judge in judges) for entry in tied}


def best_of_judges(contenders: Sequence[Contender]) -> dict[str, int]:
    """Return for each entry how many judges gave their highest total to it (also when to others as well)."""
    highest: dict[str, Decimal] = {}
    for judge, total in chain.from_iterable(entry.cards.items() for entry in contenders):
        highest[judge] = max(total, highest.get(judge, total))
    firsts = Counter(
        entry.key for entry in contenders for judge, total in entry.cards.items() if total == highest[judge]
    )
    return dict(firsts)


def _won(entry: Contender, tied: Sequence[Contender], judge: str) -> int:
    own = entry.cards[judge]
    return sum((own > other.cards[judge]) - (own < other.cards[judge]) for other in tied)


def _mean(points: Sequence[Decimal]) -> Fraction:
    return sum((Fraction(point) for point in points), Fraction(0)) / len(points) if points else NOT_SCORED
