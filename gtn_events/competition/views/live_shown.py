"""What every page of a live final shows: who is on stage, what comes next, and how much time is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort

from ..domain.live import stage_of
from ..domain.live_machine import Stage
from ..domain.live_reveal import places_to_reveal
from ..models import Competition, LiveFinal, LiveSlot, Round
from ..queries.live import Place, ballot_count, next_up, numbered_final, on_stage, slots_of


@dataclass(frozen=True)
class Shown:
    """A live final as it stands at one moment."""

    final: LiveFinal
    stage: Stage
    slots: list[LiveSlot]
    ballots: int
    places: Sequence[Place]

    @property
    def round(self) -> Round:
        """The round that is judged."""
        return self.final.round

    @property
    def present(self) -> LiveSlot | None:
        """Who is on stage."""
        return on_stage(self.slots)

    @property
    def coming(self) -> LiveSlot | None:
        """Who comes next."""
        return next_up(self.slots)

    @property
    def revealed(self) -> Sequence[Place]:
        """The places that everybody has seen, the newest last."""
        return self.places[: self.final.revealed]

    @property
    def to_reveal(self) -> Place | None:
        """The place that is shown next."""
        return next(iter(self.places[self.final.revealed :]), None)

    @property
    def since_ms(self) -> int | None:
        """Since when the clock runs, in milliseconds as browsers count them; None while it stands."""
        since = self.stage.timer.since
        return milliseconds(since) if since else None


def final_or_404(competition: Competition, number: int) -> LiveFinal:
    """Return the live final of a round, or say that there is none."""
    final = numbered_final(competition, number)
    if final is None:
        abort(404)
    return final


def shown_of(final: LiveFinal) -> Shown:
    """Read what the pages of a live final show."""
    return Shown(final, stage_of(final), slots_of(final), ballot_count(final), places_to_reveal(final))


def clock_words(left: timedelta) -> str:
    """Return what a clock shows: ``4:32``, and ``−0:12`` when the time is over."""
    seconds = round(left.total_seconds())
    return f"{'−' if seconds < 0 else ''}{abs(seconds) // 60}:{abs(seconds) % 60:02d}"


def milliseconds(moment: datetime) -> int:
    """Return a moment as browsers count it."""
    return round(moment.timestamp() * 1000)
