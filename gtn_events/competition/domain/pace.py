"""How fast scorecards come in, and what that promises; nothing is said from too little."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

FEWEST = 3
SITTING = timedelta(hours=2)
LOOK_BACK = timedelta(days=7)
FIRST_SHARE = 0.1


def minutes_each(submitted: Sequence[datetime]) -> float | None:
    """Return the median minutes from one scorecard to the next within a sitting, None before the third.

    Args:
        submitted: when one judge submitted, in order. A pause of two hours or more ends a sitting.
    """
    if len(submitted) < FEWEST:
        return None
    pauses = [later - earlier for earlier, later in pairwise(submitted)]
    sitting = [pause.total_seconds() / 60 for pause in pauses if pause < SITTING]
    return median(sitting) if sitting else None


def minutes_left(submitted: Sequence[datetime], left: int) -> int | None:
    """Return how many minutes one judge will need for what is left, rounded up; None when nobody can know."""
    each = minutes_each(submitted)
    return None if each is None or not left else int(-(-each * left // 1))


def finish_at(recent: int, left: int, *, since: timedelta, now: datetime) -> datetime | None:
    """Return when all scorecards will be in if they come as they did lately, None when nobody can know.

    Args:
        recent: how many came in during the last ``since``.
        left: how many are still to come.
    """
    if recent < FEWEST or not left or since <= timedelta():
        return None
    return now + since * left / recent


def is_behind(submitted: int, total: int, *, opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Say whether somebody has done a smaller share of their scorecards than of the time that is over.

    Nobody is behind during the first tenth of the time.
    """
    over = min((now - opens_at) / (closes_at - opens_at), 1)
    return total > 0 and over > FIRST_SHARE and submitted / total < over
