"""What was sent to an economy's people, and what happened to them: theirs only."""

from sqlalchemy import Select, String, and_, cast, literal, select
from sqlalchemy.orm import load_only

from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.models import Registration

from ..models import Delegation
from .people import of_delegation

SHOWN = 100


def mails_of(delegation: Delegation) -> list[OutboxMail]:
    """Return the newest mails about registrations of the economy at this forum, without their texts."""
    scope = delegation.forum.scope
    about = literal("registration:") + cast(Registration.id, String) + literal(":%")
    statement = (
        select(OutboxMail)
        .join(
            Registration,
            and_(OutboxMail.to_address == Registration.email, OutboxMail.key.like(about)),
        )
        .where(of_delegation(delegation), OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
        .options(
            load_only(
                OutboxMail.template,
                OutboxMail.to_name,
                OutboxMail.to_address,
                OutboxMail.subject,
                OutboxMail.state,
                OutboxMail.created_at,
            )
        )
        .order_by(OutboxMail.id.desc())
        .limit(SHOWN)
    )
    return list(db.session.scalars(statement))


def journal_of(delegation: Delegation) -> Select[JournalEntry]:
    """Select the newest acts on registrations of the economy at this forum."""
    theirs = select(Registration.id).where(of_delegation(delegation))
    return (
        select(JournalEntry)
        .where(JournalEntry.subject_type == Registration.__tablename__, JournalEntry.subject_id.in_(theirs))
        .order_by(JournalEntry.id.desc())
        .limit(SHOWN)
    )
