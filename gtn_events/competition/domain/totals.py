"""The weighted total of a scorecard, in decimal numbers from end to end."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from ..models import Criterion

STEP = Decimal("0.0001")


def weighted_total(criteria: Iterable[Criterion], scores: Mapping[str, int]) -> Decimal:
    """Return the weighted total of what is scored, 0 to 100, with 4 decimals, rounded once at the end.

    A criterion gives its weight times ``point / highest``, so 4 of 5 at a weight of 30 gives 24, as on a
    paper sheet. A scale that begins below zero is moved up until it begins at zero.
    """
    total = sum((_worth(each, scores[each.key]) for each in criteria if each.key in scores), Decimal())
    return total.quantize(STEP, rounding=ROUND_HALF_EVEN)


def scored_weight(criteria: Iterable[Criterion], scores: Mapping[str, int]) -> Decimal:
    """Return the weight of the criteria that are scored: the most the total can be so far."""
    return sum((each.weight for each in criteria if each.key in scores), Decimal())


def _worth(criterion: Criterion, point: int) -> Decimal:
    start = min(criterion.lowest, 0)
    return criterion.weight * (point - start) / (criterion.highest - start)
