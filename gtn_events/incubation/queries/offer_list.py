"""The organiser's list of offers: filters, search, sort, export; and who could be given a place by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold

from ..enums import ApplicationState, OfferState
from ..models import Application, Call, Host, Intake, Offer
from .offers import HOLDING

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

SORTS = {"host": Host.sort_name, "title": Application.sort_title, "until": Offer.accept_by}
HEADERS = (
    "Application",
    "Project",
    "Firm",
    "Economy",
    "Host",
    "State",
    "Offered",
    "Answer until",
    "Reminded",
    "Answered",
    "Reason",
)


def read_offer_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list."""
    states = [state.value for state in OfferState]
    return Listing.read(path, args, sorts=SORTS, default_sort="host", filters={"state": states}, size=50)


def offers_listed(call: Call, listing: Listing) -> Select[Offer]:
    """Select what the listing leaves, not ordered, with applications and hosts."""
    states = [OfferState(each) for each in listing.chosen("state")]
    return _rows(call).where(*_narrowed(listing), *([Offer.state.in_(states)] if states else []))


def counts_of_offers(call: Call, listing: Listing) -> dict[OfferState, int]:
    """Return how many offers stand in each state under the search; empty states are left out."""
    statement = (
        select(Offer.state, func.count())
        .select_from(Offer)
        .join(Application, Application.id == Offer.application_id)
        .where(Application.call_id == call.id, *_narrowed(listing))
        .group_by(Offer.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in OfferState if state in found}


def offer_of(call: Call, offer_id: int) -> Offer | None:
    """Return an offer of this call."""
    return db.session.scalar(_rows(call).where(Offer.id == offer_id))


def offers_to_remind(call: Call) -> list[Offer]:
    """Return the open offers whose applicants were not reminded, the soonest to end first."""
    statement = _rows(call).where(Offer.state == OfferState.OFFERED, Offer.reminded_at.is_(None))
    return list(db.session.scalars(statement.order_by(Offer.accept_by, Offer.id)))


def applications_without_place(call: Call) -> list[Application]:
    """Return the admitted applications that hold no place, by title."""
    held = select(Offer.id).where(Offer.application_id == Application.id, Offer.state.in_(HOLDING))
    statement = (
        select(Application)
        .where(Application.call_id == call.id, Application.state == ApplicationState.ADMITTED, not_(held.exists()))
        .options(joinedload(Application.economy))
        .order_by(Application.sort_title, Application.id)
    )
    return list(db.session.scalars(statement))


def offer_rows(call: Call) -> Iterator[list[Cell]]:
    """Yield one line for each offer, for an export; times are the call's."""
    statement = _rows(call).order_by(Host.sort_name, Offer.offered_at, Offer.id)
    for offer in db.session.scalars(statement.execution_options(yield_per=500)):
        yield [
            offer.application.reference,
            offer.application.title,
            offer.application.organisation_name,
            offer.application.economy.short_name,
            offer.intake.host.name,
            offer.state.label,
            _local(offer.offered_at, call),
            _local(offer.accept_by, call),
            _local(offer.reminded_at, call),
            _local(offer.answered_at, call),
            offer.reason,
        ]


def _rows(call: Call) -> Select[Offer]:
    return (
        select(Offer)
        .join(Offer.intake)
        .join(Intake.host)
        .join(Offer.application)
        .where(Intake.call_id == call.id)
        .options(
            contains_eager(Offer.intake).contains_eager(Intake.host).joinedload(Host.economy),
            contains_eager(Offer.application).joinedload(Application.account),
            contains_eager(Offer.application).joinedload(Application.economy),
        )
    )


def _narrowed(listing: Listing) -> list[ColumnElement[bool]]:
    words = listing.search.split()
    return [and_(*(Application.search_text.contains(fold(word), autoescape=True) for word in words))] if words else []


def _local(moment: datetime | None, call: Call) -> datetime | None:
    return moment.astimezone(call.zone).replace(tzinfo=None) if moment else None
