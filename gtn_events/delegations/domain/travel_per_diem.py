"""Per diem from the days of a journey: nights at the venue, and once three quarters of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

INCIDENTALS = Decimal("0.75")
CENT = Decimal("0.01")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PerDiem:
    """What a journey gives: nights, days with the incidentals, the amount rounded to a hundredth once."""

    nights: int
    days: Decimal
    amount: Decimal


NOTHING = PerDiem(0, Decimal("0.00"), Decimal("0.00"))


def per_diem(arrives_on: date, departs_on: date, *, starts_on: date, ends_on: date, rate: Decimal) -> PerDiem:
    """Return the per diem of a journey.

    Args:
        arrives_on: the day of arrival at the venue; it counts with its night.
        departs_on: the day of departure; it has no night of its own, the incidentals stand for it.
        starts_on: the first day of the forum; nights are paid from the evening before it.
        ends_on: the last day of the forum; nights are paid until the morning after it.
        rate: for one night.

    Incidentals are three quarters of one day, once, for a journey that is at the venue at all
    (A2 of the forms: per diem by the rate of the UN plus a one-time 75 % of one day).
    """
    first, last = max(arrives_on, starts_on - ONE_DAY), min(departs_on, ends_on + ONE_DAY)
    if last < first:
        return NOTHING
    nights = (last - first).days
    days = nights + INCIDENTALS
    return PerDiem(nights, days, (days * rate).quantize(CENT, ROUND_HALF_UP))
