"""What a checkpoint says to one person: the same rule as in static/js/door-rule.js, without database."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.core.venue_time import day_at_venue

from ..enums import CheckpointRule, Direction, Outcome, RegistrationState


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a door knows about a person.

    ``belongs`` is False for those without a place at the checkpoint's side event or of another
    category; ``passes`` counts how often they passed in the present slot, in and out together.
    """

    state: RegistrationState
    belongs: bool
    passes: int


def slot_of(rule: CheckpointRule, at: datetime, time_zone: str) -> str:
    """Return what passes are counted by: the venue's date where it is once a day, otherwise empty."""
    return day_at_venue(at, time_zone).isoformat() if rule is CheckpointRule.DAILY else ""


def decide(rule: CheckpointRule, standing: Standing, direction: Direction) -> Outcome:
    """Return what becomes of a scan. Out is a way only where people go in and out; elsewhere it is read as in."""
    if standing.state is not RegistrationState.CONFIRMED:
        return Outcome.NOT_REGISTERED
    if not standing.belongs:
        return Outcome.NOT_HERE
    inside = standing.passes % 2 == 1
    if rule is CheckpointRule.IN_AND_OUT and direction is Direction.OUT:
        return Outcome.OUT if inside else Outcome.ALREADY_OUT
    return Outcome.ALREADY_IN if inside else Outcome.IN
