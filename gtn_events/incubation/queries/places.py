"""How the places of a call stand after the match: taken, offered, free."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from gtn_events.core.db import db

from ..enums import OfferState
from ..models import Call, Intake, MatchOutcome, MatchRun, Offer
from .intakes import intakes_of
from .match import ranks_taken
from .offers import HOLDING


@dataclass(frozen=True)
class HostPlaces:
    """The places of one host in a call."""

    intake: Intake
    accepted: int
    offered: int

    @property
    def free(self) -> int:
        """How many nobody holds."""
        return max(self.intake.places - self.accepted - self.offered, 0)


@dataclass(frozen=True)
class HostOutcome:
    """What a run gave one host: how many firms, and which of its ranks."""

    intake: Intake
    places: int
    firms: int
    ranks: Sequence[int]

    @property
    def left(self) -> int:
        """How many places stayed empty."""
        return max(self.places - self.firms, 0)


def places_of(call: Call) -> list[HostPlaces]:
    """Return how the places of each host stand, hosts in protocol order of economies."""
    held: dict[int, dict[OfferState, int]] = defaultdict(dict)
    statement = (
        select(Offer.intake_id, Offer.state, func.count())
        .join(Intake, Intake.id == Offer.intake_id)
        .where(Intake.call_id == call.id, Offer.state.in_(HOLDING))
        .group_by(Offer.intake_id, Offer.state)
    )
    for intake_id, state, count in db.session.execute(statement):
        held[intake_id][state] = count
    return [
        HostPlaces(each, held[each.id].get(OfferState.ACCEPTED, 0), held[each.id].get(OfferState.OFFERED, 0))
        for each in db.session.scalars(intakes_of(call).where(Intake.withdrawn_at.is_(None)))
    ]


def hosts_of_run(run: MatchRun) -> list[HostOutcome]:
    """Return what a run gave each host that gave places then, in the same order."""
    places = {each["key"]: each["places"] for each in run.market["hosts"]}
    statement = (
        select(MatchOutcome.intake_id, func.count())
        .where(MatchOutcome.run_id == run.id, MatchOutcome.intake_id.is_not(None))
        .group_by(MatchOutcome.intake_id)
    )
    firms = dict(db.session.execute(statement).all())
    intakes = [each for each in db.session.scalars(intakes_of(run.call)) if places.get(each.host.slug)]
    ranks = ranks_taken(run, [each.id for each in intakes])
    return [HostOutcome(each, places[each.host.slug], firms.get(each.id, 0), ranks[each.id]) for each in intakes]
