"""The weighted total of a scorecard, in Decimal: of 100 points, weight times score over the scale's maximum."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from .notices import Notice, NoticeCode, ResultsRefused
from .rubric import WHOLE, CriteriaGroup, Criterion, Rubric

PRECISION = 34
TOTAL_STEP = Decimal("0.0001")

Given = Mapping[str, Decimal]
Share = tuple[Decimal, Decimal]
"""Weight that was scored, and points reached of it."""


class Missing(StrEnum):
    """What a criterion without a score does to the total."""

    REFUSE = "refuse"
    RESCALE = "rescale"
    LOWEST = "lowest"


@dataclass(frozen=True)
class CardTotal:
    """The total of one scorecard, and the points of each criterion or group (none for one that dropped out)."""

    total: Decimal
    points: Mapping[str, Decimal]


def card_total(rubric: Rubric, scores: Given, missing: Missing) -> CardTotal:
    """Return the weighted total of one scorecard, rounded to four decimals.

    Args:
        rubric: criteria, weights and scales.
        scores: the point given for each criterion, by key of the (sub-)criterion.
        missing: REFUSE an incomplete card; RESCALE so that the scored criteria carry the weight of the others,
            first inside their group, then over all; or count the LOWEST point of the scale.

    Raises:
        ResultsRefused: a key is unknown, a point is off its scale, a criterion is missing under REFUSE,
            or nothing is scored under RESCALE.
    """
    unknown = sorted(set(scores) - {leaf.key for leaf in rubric.leaves})
    if unknown:
        raise ResultsRefused(Notice(NoticeCode.CRITERION_UNKNOWN, {"criterion": unknown[0]}))
    with localcontext(prec=PRECISION, rounding=ROUND_HALF_EVEN):
        points = {part.key: share[1] for part in rubric.parts if (share := _share(part, scores, missing))}
        carried = sum((part.weight for part in rubric.parts if part.key in points), Decimal(0))
        if not carried:
            raise ResultsRefused(Notice(NoticeCode.NOTHING_SCORED))
        total = sum(points.values(), Decimal(0)) * WHOLE / carried
        return CardTotal(_rounded(total), {key: _rounded(value) for key, value in points.items()})


def raw_mean(totals: Sequence[Decimal]) -> Decimal | None:
    """Return the mean of an entry's totals, rounded to four decimals; None when nobody scored it."""
    if not totals:
        return None
    with localcontext(prec=PRECISION, rounding=ROUND_HALF_EVEN):
        return _rounded(sum(totals, Decimal(0)) / len(totals))


def _share(part: Criterion | CriteriaGroup, scores: Given, missing: Missing) -> Share | None:
    scored = list(_scored(part, scores, missing))
    weight = sum((share[0] for share in scored), Decimal(0))
    if not weight:
        return None
    reached = sum((share[1] for share in scored), Decimal(0))
    return part.weight, reached * part.weight / weight


def _scored(part: Criterion | CriteriaGroup, scores: Given, missing: Missing) -> Iterator[Share]:
    for leaf in part.leaves:
        point = scores.get(leaf.key, leaf.minimum if missing is Missing.LOWEST else None)
        if point is None and missing is Missing.REFUSE:
            raise ResultsRefused(Notice(NoticeCode.CRITERION_MISSING, {"criterion": leaf.key}))
        if point is not None:
            if not leaf.minimum <= point <= leaf.maximum:
                figures = {"criterion": leaf.key, "point": str(point)}
                raise ResultsRefused(Notice(NoticeCode.POINT_OFF_SCALE, figures))
            yield leaf.weight, leaf.weight * point / leaf.maximum


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TOTAL_STEP)
