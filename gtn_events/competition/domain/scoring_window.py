"""When a seat takes scores: while its round is open, or for this seat alone after an appeal."""

from datetime import datetime

from ..enums import RoundState
from ..errors import ScoringClosed
from ..models import Assignment


def takes_scores(seat: Assignment, *, now: datetime) -> bool:
    """Say whether a scorecard can be saved and submitted for this seat now."""
    if seat.round.state is RoundState.OPEN:
        return now < seat.round.closes_at
    return seat.scores_until is not None and seat.round.state is not RoundState.PLANNED and now < seat.scores_until


def closes_for(seat: Assignment) -> datetime:
    """Return the close that this seat has to keep."""
    return seat.scores_until if seat.scores_until and seat.round.state is not RoundState.OPEN else seat.round.closes_at


def require_scores_taken(seat: Assignment, *, now: datetime) -> None:
    """Refuse a score that comes too early or too late.

    Raises:
        ScoringClosed: the round is not open, or its close has passed.
    """
    if takes_scores(seat, now=now):
        return
    title = seat.round.title
    if seat.round.state is not RoundState.OPEN and seat.scores_until is None:
        raise ScoringClosed(f"{title} takes no scores now. What you saved before is kept as it was.")
    raise ScoringClosed(f"The time for {title} is over. What you submitted before counts; a draft does not.")
