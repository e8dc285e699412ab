"""How the scores of a round are distributed: all totals, the points of each criterion, each judge beside all others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from .ranking_records import Card
from .rounding import published

WIDTH_OF_CLASS = 10
CLASSES = 10
QUARTERS = (0, 25, 50, 75, 100)


def distributions(cards: Sequence[Card], scales: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Return the figures of the plots of distributions, JSON-ready without floats.

    Args:
        cards: the scorecards that count; the order does not matter.
        scales: lowest and highest point of each criterion, by its key.

    Returns:
        ``totals``: scorecards in each class of ten points, 0 to 10 first; ``criteria``: scorecards at each point of
        each scale, the lowest first; ``everybody`` and ``judges``: lowest total, quartiles and highest total, of
        all scorecards and of each judge's, judges by number.
    """
    by_judge: dict[int, list[Decimal]] = {}
    for card in cards:
        by_judge.setdefault(card.judge, []).append(card.total)
    totals = [card.total for card in cards]
    return {
        "totals": _classes(totals),
        "criteria": {key: _points(cards, key, *scale) for key, scale in scales.items()},
        "everybody": _quarters(totals),
        "judges": [
            {"judge": number, "scorecards": len(own), "quarters": _quarters(own)}
            for number, own in sorted(by_judge.items())
        ],
    }


def _classes(totals: Sequence[Decimal]) -> list[int]:
    # The last class holds both its ends, so that a full score is in it.
    counts = Counter(min(int(total // WIDTH_OF_CLASS), CLASSES - 1) for total in totals)
    return [counts[number] for number in range(CLASSES)]


def _points(cards: Sequence[Card], key: str, lowest: int, highest: int) -> list[int]:
    counts = Counter(card.points[key] for card in cards if key in card.points)
    return [counts[point] for point in range(lowest, highest + 1)]


def _quarters(totals: Sequence[Decimal]) -> list[str]:
    figures = np.percentile(np.array(sorted(map(float, totals))), QUARTERS)
    return [str(published(float(figure))) for figure in figures]
