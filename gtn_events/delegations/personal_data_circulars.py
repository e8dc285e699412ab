"""What circulars keep about a person: that they acknowledged for their economy."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import CircularAcknowledgement, CircularVersion


def export_acknowledgements(account: Account) -> list[dict[str, Any]]:
    """Return what a person acknowledged for which economy, JSON-ready."""
    statement = (
        select(CircularAcknowledgement)
        .where(CircularAcknowledgement.account_id == account.id)
        .options(joinedload(CircularAcknowledgement.version).joinedload(CircularVersion.circular))
        .order_by(CircularAcknowledgement.id)
    )
    return [
        {
            "circular": each.version.circular.number,
            "version": each.version.version,
            "title": each.version.title,
            "economy": each.economy_code,
            "at": each.at.isoformat(),
        }
        for each in db.session.scalars(statement)
    ]


def erase_acknowledgements(account: Account, _now: datetime) -> None:
    """Take the person out; that the economy acknowledged stays."""
    theirs = update(CircularAcknowledgement).where(CircularAcknowledgement.account_id == account.id)
    db.session.execute(theirs.values(account_id=None))
