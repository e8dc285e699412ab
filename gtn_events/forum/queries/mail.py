"""Mails about one registration."""

from sqlalchemy import select
from sqlalchemy.orm import load_only

from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail

from ..models import Registration


def mails_about(registration: Registration, *, limit: int = 20) -> list[OutboxMail]:
    """Return the forum's mails to the delegate's address, the newest first, without their texts."""
    scope = registration.scope
    statement = (
        select(OutboxMail)
        .where(
            OutboxMail.to_address == registration.email,
            OutboxMail.scope_kind == scope.kind,
            OutboxMail.scope_id == scope.id,
        )
        .options(
            load_only(OutboxMail.id, OutboxMail.subject, OutboxMail.state, OutboxMail.created_at, OutboxMail.sent_at)
        )
        .order_by(OutboxMail.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))
