"""Who holds a place, who is asked, and which offers are due."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import CallState, OfferState
from ..models import Application, Call, Host, Intake, Offer, Placement

HOLDING = tuple(state for state in OfferState if state.holds_a_place)


def holders_of(intake: Intake) -> list[Application]:
    """Return the applications that hold a place here, accepted or not answered yet."""
    statement = (
        select(Application)
        .join(Offer, Offer.application_id == Application.id)
        .where(Offer.intake_id == intake.id, Offer.state.in_(HOLDING))
    )
    return list(db.session.scalars(statement))


def holds_a_place(application: Application) -> bool:
    """Say whether an application has an offer that is accepted or not answered yet."""
    statement = select(Offer.id).where(Offer.application_id == application.id, Offer.state.in_(HOLDING))
    return db.session.scalar(statement) is not None


def offers_of_call(call_id: int) -> list[Offer]:
    """Return all offers of a call with application and host, by host and then by time."""
    statement = (
        select(Offer)
        .join(Offer.intake)
        .join(Intake.host)
        .join(Offer.application)
        .where(Intake.call_id == call_id)
        .options(
            contains_eager(Offer.intake).contains_eager(Intake.host),
            contains_eager(Offer.application).joinedload(Application.account),
        )
        .order_by(Host.sort_name, Offer.offered_at, Offer.id)
    )
    return list(db.session.scalars(statement))


def latest_offer(application: Application) -> Offer | None:
    """Return the newest offer to an application, with its host."""
    statement = (
        select(Offer)
        .where(Offer.application_id == application.id)
        .options(joinedload(Offer.intake).joinedload(Intake.host), joinedload(Offer.run))
        .order_by(Offer.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def offers_to(application: Application) -> Sequence[Offer]:
    """Return all offers to an application with their hosts, the newest first."""
    statement = (
        select(Offer)
        .where(Offer.application_id == application.id)
        .options(joinedload(Offer.intake).joinedload(Intake.host).joinedload(Host.economy))
        .order_by(Offer.id.desc())
    )
    return db.session.scalars(statement).all()


def offers_to_firms_of(code: str) -> Sequence[Offer]:
    """Return the offers to an economy's firms in calls that are not over, by call and title, the newest first."""
    statement = (
        select(Offer)
        .join(Offer.application)
        .join(Application.call)
        .where(Application.economy_code == code, Call.state == CallState.PUBLISHED)
        .options(
            contains_eager(Offer.application).contains_eager(Application.call),
            joinedload(Offer.intake).joinedload(Intake.host).joinedload(Host.economy),
        )
        .order_by(Call.closes_at.desc(), Call.id, Application.sort_title, Application.id, Offer.id.desc())
    )
    return db.session.scalars(statement).all()


def placements_of_offers(offers: Iterable[Offer]) -> dict[int, Placement]:
    """Return the placements that accepted offers have begun, by the id of the offer."""
    statement = select(Placement).where(Placement.offer_id.in_([each.id for each in offers]))
    return {each.offer_id: each for each in db.session.scalars(statement)}


def open_offers_of(account: Account, *, now: datetime) -> Sequence[Offer]:
    """Return the offers that a person can still answer, the soonest to end first."""
    statement = (
        select(Offer)
        .join(Offer.application)
        .where(Application.account_id == account.id, Offer.state == OfferState.OFFERED, Offer.accept_by >= now)
        .options(
            contains_eager(Offer.application).joinedload(Application.call),
            joinedload(Offer.intake).joinedload(Intake.host),
        )
        .order_by(Offer.accept_by, Offer.id)
    )
    return db.session.scalars(statement).all()


def counts_by_state(call_id: int) -> Counter[OfferState]:
    """Return how many offers of a call stand in each state."""
    statement = (
        select(Offer.state, func.count().label("count"))
        .join(Intake)
        .where(Intake.call_id == call_id)
        .group_by(Offer.state)
    )
    return Counter({row.state: row.count for row in db.session.execute(statement)})


def due_to_lapse(now: datetime, *, most: int) -> Sequence[int]:
    """Return the ids of offers whose time is over, the longest over first."""
    statement = (
        select(Offer.id)
        .where(Offer.state == OfferState.OFFERED, Offer.accept_by < now)
        .order_by(Offer.accept_by)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def due_to_remind(before: datetime, *, most: int) -> Sequence[int]:
    """Return the ids of offers that end before a moment and whose applicants were not reminded."""
    statement = (
        select(Offer.id)
        .where(Offer.state == OfferState.OFFERED, Offer.accept_by < before, Offer.reminded_at.is_(None))
        .order_by(Offer.accept_by)
        .limit(most)
    )
    return db.session.scalars(statement).all()
