"""The home-economy matrix: what judges of each economy give to entries of each economy, beside the other judges."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..rounding import published
from ..scores import Scores
from .levels import mean_of_others

LEAST_CARDS_OF_CELL = 5
TOGETHER = ""


def economy_matrix(
    scores: Scores, judge_economies: Sequence[str], entry_economies: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a cell for each pair of economies that has a scorecard, and one for each judge's economy with all entries.

    Args:
        scores: the totals.
        judge_economies: the economy of the judge of each scorecard, empty if unknown.
        entry_economies: the economy of its entry, empty if unknown.

    Returns:
        The cells by judge's and entry's economy (empty for all), JSON-ready without floats: ``cards`` are the
        scorecards of entries that others scored as well, ``mean`` by how many points they lie above those
        others' mean; None below five, where one scorecard would make the figure.
    """
    apart = scores.totals - mean_of_others(scores, scores.totals)
    cells: dict[tuple[str, str], list[float]] = {}
    for judge, entry, points in zip(judge_economies, entry_economies, apart, strict=True):
        if judge and entry and not np.isnan(points):
            for of in (entry, TOGETHER):
                cells.setdefault((judge, of), []).append(float(points))
    return [
        {"judge": judge, "entry": entry, "cards": len(points), "mean": _mean(points)}
        for (judge, entry), points in sorted(cells.items())
    ]


def _mean(points: Sequence[float]) -> str | None:
    return str(published(float(np.mean(points)))) if len(points) >= LEAST_CARDS_OF_CELL else None
