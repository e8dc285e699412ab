"""Placements in every state and the figures that go with them, without randomness; flushed and committed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.incubation.domain.figure_sets import receipt_content
from gtn_events.incubation.enums import Moment, OfferState, PlacementState
from gtn_events.incubation.figures import FIGURES
from gtn_events.incubation.models import Application, FigureSet, Intake, Offer, Placement, Stay
from tests.incubation.factories import MADE_AT

STARTED, ENDED = date(2027, 9, 6), date(2027, 12, 5)
DUE = {
    Moment.START: STARTED,
    Moment.END: ENDED,
    Moment.AFTER_6: date(2028, 6, 5),
    Moment.AFTER_12: date(2028, 12, 5),
    Moment.AFTER_24: date(2029, 12, 5),
}
OVER = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


def make_offer(application: Application, intake: Intake, state: OfferState = OfferState.ACCEPTED) -> Offer:
    """The offer of a place, accepted unless said otherwise."""
    offer = Offer(
        application=application,
        intake=intake,
        state=state,
        offered_at=MADE_AT,
        accept_by=datetime(2027, 7, 1, tzinfo=UTC),
        answered_at=MADE_AT,
    )
    db.session.add(offer)
    db.session.commit()
    return offer


def make_placement(
    application: Application, intake: Intake, state: PlacementState = PlacementState.COMPLETED
) -> Placement:
    """A placement in a state, with the sets of figures that the state brings; none of them given."""
    cancelled = state is PlacementState.CANCELLED
    offer = make_offer(application, intake, OfferState.WITHDRAWN if cancelled else OfferState.ACCEPTED)
    placement = Placement(
        offer=offer,
        application=application,
        intake=intake,
        state=state,
        state_changed_at=MADE_AT,
        created_at=MADE_AT,
        started_on=STARTED if state.took_place else None,
        ended_on=ENDED if state in OVER else None,
    )
    placement.stays = [Stay(starts_on=STARTED, ends_on=ENDED, arrived_on=placement.started_on)]
    db.session.add(placement)
    asked = list(Moment) if state in OVER else [Moment.START] if state.took_place else []
    db.session.add_all(FigureSet(placement=placement, moment=each, due_on=DUE[each]) for each in asked)
    db.session.commit()
    return placement


def set_at(placement: Placement, moment: Moment) -> FigureSet:
    """The set of a placement at a moment."""
    found = db.session.query(FigureSet).filter_by(placement_id=placement.id, moment=moment).one()
    assert isinstance(found, FigureSet)
    return found


def give(figures: FigureSet, values: Mapping[str, str | None] | None = None, **more: Any) -> FigureSet:
    """Confirm a set: all zero but ``values`` by key; ``more`` are columns."""
    figures.values = {**dict.fromkeys(FIGURES, "0"), **(values or {})}
    figures.sent_at = figures.saved_at = datetime.combine(figures.due_on, datetime.min.time(), UTC)
    figures.sent_by = "Rosa HUAMÁN"
    for name, value in more.items():
        setattr(figures, name, value)
    figures.sha256 = sha256_of(receipt_content(figures))
    db.session.commit()
    return figures


def typed(**changes: str) -> dict[str, str]:
    """What a form of figures sends: zeroes, but for ``changes``."""
    return {**dict.fromkeys(FIGURES, "0"), "co2_method": "", "note": ""} | changes
