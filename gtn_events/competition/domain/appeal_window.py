"""Which decisions about an entry can be appealed, on which grounds, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gtn_events.core.venue_time import day_at_venue

from ..enums import AppealGround, EntryState
from ..models import Competition, Entry, Round
from ..queries.feedback import decided_standings
from .publication import visible_from

ELIGIBILITY = "eligibility"
OF_ELIGIBILITY = (AppealGround.ELIGIBILITY, AppealGround.PROCEDURE, AppealGround.ERROR)
OF_ROUND = (AppealGround.PROCEDURE, AppealGround.CONFLICT, AppealGround.ERROR)


@dataclass(frozen=True)
class Contestable:
    """One decision about an entry: the outcome of a round or, without one, that it is not eligible.

    Args:
        since: when it reached the entrant.
        deadline: the last moment at which an appeal is taken, inclusive.
    """

    round: Round | None
    since: datetime
    deadline: datetime

    @property
    def subject(self) -> str:
        """The decision as a word that an address can hold."""
        return f"round-{self.round.number}" if self.round else ELIGIBILITY

    def is_open(self, now: datetime) -> bool:
        """Say whether an appeal against it is taken now."""
        return now <= self.deadline


def contestable(entry: Entry) -> list[Contestable]:
    """Return the decisions about an entry, the newest first, whether or not their time is over."""
    competition, days = entry.competition, entry.competition.appeal_days
    if days is None:
        return []
    rounds = [row.round for row in decided_standings(entry)]
    found = []
    for round_ in rounds:
        since = _reached(competition, round_, last=round_ is rounds[-1])
        found.append(Contestable(round_, since, deadline_of(competition, since, days=days)))
    if entry.state is EntryState.INELIGIBLE:
        since = entry.state_changed_at
        found.append(Contestable(None, since, deadline_of(competition, since, days=days)))
    return sorted(found, key=lambda each: each.since, reverse=True)


def deadline_of(competition: Competition, since: datetime, *, days: int) -> datetime:
    """Return the last minute, on the host's clock, of the day that comes so many days later."""
    day = day_at_venue(since, competition.time_zone) + timedelta(days=days)
    return datetime.combine(day, time(23, 59), tzinfo=competition.zone).astimezone(UTC)


def grounds_for(round_: Round | None) -> tuple[AppealGround, ...]:
    """Return the grounds on which such a decision can be appealed."""
    return OF_ROUND if round_ else OF_ELIGIBILITY


def _reached(competition: Competition, round_: Round, *, last: bool) -> datetime:
    """Return when a round's outcome reached its entrants; published results tell of the last one again."""
    decided = round_.decided_at
    if decided is None:
        raise LookupError("a decided round without the moment of its decision")
    published = visible_from(competition) if last else None
    return max(decided, published) if published else decided
