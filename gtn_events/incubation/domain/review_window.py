"""When hosts read, score, talk and rank."""

from datetime import datetime

from ..enums import CallState
from ..errors import ReviewRefused
from ..models import Call


def takes_reviews(call: Call, *, now: datetime) -> bool:
    """Say whether hosts can score and rank at this moment."""
    return call.state is not CallState.DRAFT and call.opens_at <= now < call.ranking_until


def require_reviews(call: Call, *, now: datetime) -> None:
    """Do nothing while hosts can score and rank.

    Raises:
        ReviewRefused: they cannot.
    """
    if not takes_reviews(call, now=now):
        raise ReviewRefused("The time for scores and rankings is over. What you saved before stands.")
