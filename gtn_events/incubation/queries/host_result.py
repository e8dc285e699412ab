"""What the match gave one host: the firms with their ranks and answers."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from gtn_events.core.db import db

from ..models import Application, HostRank, Intake, Offer


@dataclass(frozen=True)
class Guest:
    """One offer of a place at the host; ``rank`` is where the host had put the firm, None where it does not rank."""

    offer: Offer
    rank: HostRank | None


def guests_of(intake: Intake) -> list[Guest]:
    """Return every offer of a place here: those that hold one first, by the host's own order, then the others."""
    statement = (
        select(Offer, HostRank)
        .join(Offer.application)
        .outerjoin(
            HostRank, and_(HostRank.application_id == Offer.application_id, HostRank.intake_id == Offer.intake_id)
        )
        .where(Offer.intake_id == intake.id)
        .options(
            contains_eager(Offer.application).joinedload(Application.economy),
            contains_eager(Offer.application).joinedload(Application.account),
        )
        .order_by(HostRank.tier, Application.sort_title, Offer.id)
    )
    found = [Guest(offer, rank) for offer, rank in db.session.execute(statement)]
    return sorted(found, key=lambda guest: not guest.offer.state.holds_a_place)
