"""What an answer to an offer means for the placement: an accepted one begins it, one given back cancels it."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import OfferState
from ..models import Offer, Placement
from ..notifications_placements import tell_sides
from .placements import begin_placement, cancel_with_offer


def follow_offer(offer: Offer, before: OfferState, *, actor: Account | None, now: datetime) -> None:
    """Begin the placement of a place that was accepted; cancel that of one that was given back or taken back.

    Raises:
        TransitionRefused: the placement has begun; it is ended on its own page.

    Flushes; the caller commits.
    """
    if offer.state is OfferState.ACCEPTED and actor is not None:
        placement = begin_placement(offer, actor=actor, now=now)
        tell_sides(placement, "incubation/placement_begins", occasion="begins", now=now)
    elif before is OfferState.ACCEPTED:
        standing = db.session.scalar(select(Placement).where(Placement.offer_id == offer.id))
        if standing is not None:
            cancel_with_offer(standing, reason=offer.reason, actor=actor, now=now)
