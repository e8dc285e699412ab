"""What the match keeps about an applicant: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, forget_mails

from .models import Application, Intake, MatchOutcome, Offer


def export_offers(account: Account) -> dict[str, Any]:
    """Return the offers to a person, and what each run of a match that was published gave, JSON-ready."""
    return {"offers": [_told(each) for each in _offers_of(account)], "matches": _matches_of(account)}


def erase_offers(account: Account, _now: datetime) -> None:
    """Take the reasons and the mails of the person's offers away; host, state and dates stay as figures."""
    ids = [each.id for each in _offers_of(account)]
    db.session.execute(update(Offer).where(Offer.id.in_(ids)).values(reason=""))
    if ids:
        forget_mails(or_(*(OutboxMail.key.startswith(f"offer:{each}:") for each in ids)))
    db.session.flush()


def _offers_of(account: Account) -> list[Offer]:
    statement = (
        select(Offer)
        .join(Offer.application)
        .where(Application.account_id == account.id)
        .options(
            contains_eager(Offer.application).joinedload(Application.call),
            joinedload(Offer.intake).joinedload(Intake.host),
        )
        .order_by(Offer.id)
    )
    return list(db.session.scalars(statement))


def _told(offer: Offer) -> dict[str, Any]:
    return {
        "call": offer.application.call.title,
        "number": offer.application.reference,
        "host": offer.intake.host.name,
        "state": offer.state.value,
        "offered_at": offer.offered_at.isoformat(),
        "accept_by": offer.accept_by.isoformat(),
        "answered_at": offer.answered_at.isoformat() if offer.answered_at else None,
        "reason": offer.reason,
    }


def _matches_of(account: Account) -> list[dict[str, Any]]:
    statement = (
        select(MatchOutcome)
        .join(MatchOutcome.application)
        .join(MatchOutcome.run)
        .where(Application.account_id == account.id)
        .options(
            contains_eager(MatchOutcome.application).joinedload(Application.call),
            contains_eager(MatchOutcome.run),
            joinedload(MatchOutcome.intake).joinedload(Intake.host),
        )
        .order_by(MatchOutcome.id)
    )
    return [
        {
            "call": each.application.call.title,
            "run": each.run.number,
            "key": each.application.lottery_key,
            "host": each.intake.host.name if each.intake else None,
            "choice": each.choice,
        }
        for each in db.session.scalars(statement)
        if each.run.published_at is not None
    ]
