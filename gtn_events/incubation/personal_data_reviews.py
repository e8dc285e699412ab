"""What co-incubation keeps about a person who reviews for a host: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import Intake, Review


def export_reviews(account: Account) -> list[dict[str, Any]]:
    """Return each score that a person gave for a host, with the note, JSON-ready."""
    statement = (
        select(Review)
        .where(Review.account_id == account.id)
        .options(
            joinedload(Review.application),
            joinedload(Review.intake).options(joinedload(Intake.host), joinedload(Intake.call)),
        )
        .order_by(Review.id)
    )
    return [
        {
            "host": review.intake.host.name,
            "call": review.intake.call.title,
            "application": review.application.reference,
            "points": review.points,
            "total": str(review.total) if review.total is not None else None,
            "note": review.note,
            "saved_at": review.saved_at.isoformat(),
        }
        for review in db.session.scalars(statement)
    ]


def erase_reviews(account: Account, _now: datetime) -> None:
    """Take a person's notes out of their reviews; the points stay, since a ranking was made from them. Flushes."""
    db.session.execute(update(Review).where(Review.account_id == account.id).values(note=""))
    db.session.flush()
