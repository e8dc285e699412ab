"""What every method of ranking returns, whatever it does."""

from dataclasses import dataclass

import numpy as np

from ..enums import Method
from .notices import Notice, NoticeCode
from .scores import FloatArray, IntArray, Scores


@dataclass(frozen=True, eq=False)
class Outcome:
    """One value for each entry, the higher the better; NaN for an entry that nobody scored.

    ``standard_errors`` belong to the difference between the entry and the mean of its group
    (NaN where the method has none); ``groups`` numbers the parts of the judging that share no
    judge: values of different groups cannot be compared. ``raw_means`` always stand beside.
    """

    method: Method
    values: FloatArray
    standard_errors: FloatArray
    raw_means: FloatArray
    scorecards: IntArray
    groups: IntArray
    notices: tuple[Notice, ...]

    @property
    def order(self) -> IntArray:
        """Indexes of the scored entries, best first; equal values in the order of their indexes."""
        scored = np.flatnonzero(self.scorecards)
        return scored[np.argsort(-self.values[scored], kind="stable")]


def common_notices(scores: Scores, groups: IntArray) -> tuple[Notice, ...]:
    """Return what any method has to say about these scorecards: who is not scored, what cannot be compared."""
    notices = []
    scored = scores.cards_of_entries > 0
    count = np.unique(groups[scored]).size
    if count > 1:
        notices.append(Notice(NoticeCode.NOT_COMPARABLE, {"groups": int(count)}))
    if not scored.all():
        notices.append(Notice(NoticeCode.NOT_SCORED, {"count": int((~scored).sum())}))
    return tuple(notices)
