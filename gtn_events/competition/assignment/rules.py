"""The rules by which a round assigns."""

from dataclasses import dataclass
from enum import StrEnum


class SameEconomy(StrEnum):
    """Whether a judge may judge entries of their own economy, as the round's policy says.

    ``ESTIMATE`` assigns as ``ALLOW`` does; the calibration then estimates what it did to the
    scores, for which the coverage counts the seats concerned. ``ONLY`` seats nobody else.
    """

    FORBID = "forbid"
    ALLOW = "allow"
    ESTIMATE = "estimate"
    ONLY = "only"


@dataclass(frozen=True)
class Rules:
    """How a round assigns.

    Args:
        economy_cap: how many judges of one economy a panel may have; None for no limit.
        balance: what a judge's full load costs, where a fit of 0 instead of 1 costs 1.
        stay_bonus: what a seat gains by staying where it is, on the same scale.
        best: how many judges who fit best are looked at for each entry.
        others: how many more are looked at, drawn by lot from ``seed``.
    """

    same_economy: SameEconomy = SameEconomy.FORBID
    economy_cap: int | None = None
    balance: float = 0.5
    stay_bonus: float = 0.5
    best: int = 40
    others: int = 5
    seed: int = 0
