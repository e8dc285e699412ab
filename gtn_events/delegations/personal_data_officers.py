"""What the officers of delegations hold about a person: known by their address, since an officer needs no account."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import DelegationOfficer


def export_officers(account: Account) -> list[dict[str, Any]]:
    """Return for which economy and forum a person is named, JSON-ready."""
    return [
        {
            "forum": each.forum.title,
            "economy": each.economy_code,
            "officer": each.kind.value,
            "name": each.name,
            "post": each.post,
            "email": each.email,
            "phone": each.phone,
            "starts_on": each.starts_on.isoformat() if each.starts_on else None,
            "ends_on": each.ends_on.isoformat() if each.ends_on else None,
        }
        for each in db.session.scalars(_theirs(account))
    ]


def erase_officers(account: Account, _now: datetime) -> None:
    """Take the person out of every delegation."""
    for each in db.session.scalars(_theirs(account)).all():
        db.session.delete(each)
    db.session.flush()


def _theirs(account: Account) -> Select[DelegationOfficer]:
    mine = func.lower(DelegationOfficer.email) == account.email.lower()
    return select(DelegationOfficer).where(DelegationOfficer.email != "", mine).order_by(DelegationOfficer.id)
