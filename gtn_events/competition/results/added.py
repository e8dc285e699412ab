"""A round whose total adds the total of an earlier round, as when a call and a pitch are scored on two sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..enums import Method
from .notices import Notice, NoticeCode, ResultsRefused

WHOLE = Decimal(100)
# Where a value is a total of points. A sum over judges would count the earlier total once for each of them.
METHODS = frozenset({Method.CALIBRATED, Method.RAW_MEAN, Method.TRIMMED_MEAN, Method.MEDIAN})


@dataclass(frozen=True)
class Added:
    """What comes on top of a round's scorecards.

    Args:
        round: the number of the earlier round, 0 when nothing is added.
        most: what 100 points of the earlier round are worth in the sum.
        own: what 100 points of this round are worth.
        points: what each entry brings from the earlier round.

    The same points are added to every scorecard of an entry. That moves its total by exactly these points and leaves
    what is found out about judges as it is, since entries are fixed in the model.
    """

    round: int = 0
    most: Decimal = Decimal(0)
    own: Decimal = WHOLE
    points: Mapping[str, Decimal] = field(default_factory=dict)

    def total(self, entry: str, total: Decimal) -> Decimal:
        """Return a scorecard's total with what is added.

        Raises:
            ResultsRefused: the earlier round has no total of this entry.
        """
        if not self.round:
            return total
        if entry not in self.points:
            raise ResultsRefused(Notice(NoticeCode.NOTHING_TO_ADD, {"entry": entry}))
        return total * self.own / WHOLE + self.points[entry]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What has to be said about it beside the ranking."""
        figures: dict[str, int | str] = {"round": self.round, "points": f"{self.most:f}", "own": f"{self.own:f}"}
        return (Notice(NoticeCode.ADDED, {**figures}),) if self.round else ()


NOTHING_ADDED = Added()


def added_from(adds: Mapping[str, Any], totals: Mapping[str, Decimal]) -> Added:  # Any: JSON
    """Return what a round adds.

    Args:
        adds: ``Round.adds``: what 100 points of the earlier round and of this one are worth in the sum.
        totals: the published totals of the earlier round, by entry.
    """
    most = Decimal(adds["points"])
    points = {entry: total * most / WHOLE for entry, total in totals.items()}
    return Added(adds["round"], most, Decimal(adds["own"]), points)
