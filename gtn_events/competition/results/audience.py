"""The audience's votes beside the jury's totals: both on a scale to 100, put together by the published weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..enums import AudiencePoints, Method
from .rounding import CENT

HUNDRED = Decimal(100)
MOST_WEIGHT = 50
# Their totals stand on no scale to 100: the best entry gets 100 and the others in proportion.
SCALED = frozenset({Method.SUM, Method.BORDA, Method.SCHULZE})
# Its totals lie around 0, below and above, so they are in no proportion to anything.
NOT_COMBINED = frozenset({Method.Z_SCORE})


@dataclass(frozen=True)
class Audience:
    """What the audience said and how much it counts.

    Args:
        weight: its part of the total in per cent, 0 to 50; the jury has the rest.
        points: how votes become points.
        votes: how many ballots name each entry, by reference; one that is missing has none.
    """

    weight: int
    points: AudiencePoints
    votes: Mapping[str, int]


@dataclass(frozen=True)
class Combined:
    """The two parts of one entry, each from 0 to 100, and the total; all with two decimals."""

    jury: Decimal
    audience: Decimal
    total: Decimal


def combine(totals: Mapping[str, Decimal], method: Method, audience: Audience) -> dict[str, Combined]:
    """Return for each entry what jury and audience give it, and the total that ranks.

    Args:
        totals: the jury's published total of every entry that has a scorecard, by reference.
        method: how the jury's totals were made.

    Raises:
        ValueError: the method's totals cannot be combined (z-score).
    """
    if method in NOT_COMBINED:
        raise ValueError(f"totals of the method {method} cannot be combined")
    jury = _scaled(totals) if method in SCALED else dict(totals)
    points = audience_points({key: audience.votes.get(key, 0) for key in totals}, audience.points)
    part = Decimal(audience.weight) / HUNDRED
    return {
        key: Combined(jury[key], points[key], _cents(jury[key] * (1 - part) + points[key] * part)) for key in totals
    }


def audience_points(votes: Mapping[str, int], rule: AudiencePoints) -> dict[str, Decimal]:
    """Return the points of every entry, 0 to 100, with two decimals.

    With ``SHARE`` the entry with most votes has 100 and the others in proportion. With ``RANKS`` an entry has for
    every other one with fewer votes one, for every one with as many a half, in per cent of all others. Without any
    vote nobody has a point.
    """
    if not any(votes.values()):
        return dict.fromkeys(votes, _cents(Decimal(0)))
    if rule is AudiencePoints.SHARE:
        return _scaled({key: Decimal(count) for key, count in votes.items()})
    return {key: _ranked(key, votes) for key in votes}


def _ranked(key: str, votes: Mapping[str, int]) -> Decimal:
    others = [count for other, count in votes.items() if other != key]
    if not others:
        return _cents(HUNDRED)
    halves = sum(2 if count < votes[key] else 1 if count == votes[key] else 0 for count in others)
    return _cents(HUNDRED * halves / (2 * len(others)))


def _scaled(figures: Mapping[str, Decimal]) -> dict[str, Decimal]:
    best = max(figures.values(), default=Decimal(0))
    if best <= 0:
        return dict.fromkeys(figures, _cents(Decimal(0)))
    return {key: _cents(HUNDRED * figure / best) for key, figure in figures.items()}


def _cents(figure: Decimal) -> Decimal:
    return figure.quantize(CENT, ROUND_HALF_UP)
