"""A computed total as it is published, the same on every machine."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

CENT = Decimal("0.01")
# Two machines may differ in the last bits of a float. Cut off before the half is looked for, they round alike.
STABLE_DIGITS = 8


def published(value: float) -> Decimal:
    """Return a total with two decimals, halves rounded up.

    Raises:
        ValueError: the value is NaN: an entry without a scorecard has no total to publish.
    """
    if not isfinite(value):
        raise ValueError("an entry without a total cannot be published")
    return Decimal(repr(round(float(value), STABLE_DIGITS))).quantize(CENT, ROUND_HALF_UP)
