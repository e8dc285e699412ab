"""What hosts keep about a person: their name and address as contact, told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import Call, Host


def export_hosts(account: Account) -> dict[str, Any]:
    """Return the hosts that a person manages or answers for, the calls, and the hosts they verified, JSON-ready."""
    managed = [
        grant.scope_id
        for grant in account.live_grants
        if grant.role is Role.HOST_MANAGER and grant.scope_kind == "host"
    ]
    hosts = select(Host).where(or_(Host.id.in_(managed), _is_contact(Host, account))).order_by(Host.id)
    calls = select(Call).where(_is_contact(Call, account)).order_by(Call.id)
    verified = select(Host).where(Host.verified_by_id == account.id).order_by(Host.id)
    return {
        "hosts": [
            {"name": host.name, "managed": host.id in managed, "contact_name": host.contact_name}
            for host in db.session.scalars(hosts)
        ],
        "calls": [{"title": call.title, "contact_name": call.contact_name} for call in db.session.scalars(calls)],
        "verified": [
            {"name": host.name, "until": host.verified_until.isoformat() if host.verified_until else None}
            for host in db.session.scalars(verified)
        ],
    }


def erase_hosts(account: Account, _now: datetime) -> None:
    """Take the person out of the contacts of hosts and calls; what they verified stays verified, without a name."""
    for model in (Host, Call):
        theirs = update(model).where(_is_contact(model, account))
        db.session.execute(theirs.values(contact_name="", contact_email=""))
    db.session.execute(update(Host).where(Host.verified_by_id == account.id).values(verified_by_id=None))
    db.session.flush()


def _is_contact(model: Any, account: Account) -> Any:  # Any: a model with a contact, and an SQL condition
    return func.lower(model.contact_email) == account.email_key
