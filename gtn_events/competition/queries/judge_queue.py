"""A judge's queue in one round: what is to do, begun, submitted and given up, and what comes next."""

from dataclasses import dataclass

from gtn_events.core.db import db

from ..enums import AssignmentState
from ..models import Assignment, Judge, Round
from .judging import declaration_of, recused_count, seats_of


@dataclass(frozen=True)
class Queue:
    """The seats of one judge in one round, in their order; ``recused`` counts those given up."""

    round: Round
    seats: list[Assignment]
    recused: int
    signed: bool

    @property
    def total(self) -> int:
        """All seats, with those given up."""
        return len(self.seats) + self.recused

    @property
    def submitted(self) -> int:
        """Seats whose scorecard is in."""
        return self._count(AssignmentState.SUBMITTED)

    @property
    def drafts(self) -> int:
        """Seats whose scorecard is begun."""
        return self._count(AssignmentState.STARTED)

    @property
    def left(self) -> int:
        """Seats whose scorecard is not in yet."""
        return len(self.seats) - self.submitted

    def number_of(self, seat: Assignment) -> int:
        """Return the place of a seat in the queue, from 1."""
        return [each.id for each in self.seats].index(seat.id) + 1

    def next_after(self, seat: Assignment | None = None) -> Assignment | None:
        """Return the next seat without a scorecard after this one, then from the start; None when all are in."""
        start = self.number_of(seat) if seat is not None else 0
        behind = self.seats[start:] + self.seats[: max(start - 1, 0)]
        return next((each for each in behind if each.state is not AssignmentState.SUBMITTED), None)

    def _count(self, state: AssignmentState) -> int:
        return sum(each.state is state for each in self.seats)


def queue_of(judge: Judge, round_: Round) -> Queue:
    """Read the queue of a judge in a round."""
    return Queue(
        round=round_,
        seats=list(db.session.scalars(seats_of(judge, round_))),
        recused=recused_count(judge, round_),
        signed=declaration_of(judge, round_) is not None,
    )
