"""Mails about one application."""

from sqlalchemy import select
from sqlalchemy.orm import load_only

from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail

from ..models import Application


def mails_about(application: Application, *, limit: int = 20) -> list[OutboxMail]:
    """Return the mails about an application, the newest first, without their texts."""
    statement = (
        select(OutboxMail)
        .where(OutboxMail.key.startswith(f"application:{application.id}:"))
        .options(load_only(OutboxMail.id, OutboxMail.subject, OutboxMail.state, OutboxMail.created_at))
        .order_by(OutboxMail.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))
