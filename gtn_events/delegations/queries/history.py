"""What was sent to an economy's people, and what happened to them: theirs only."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, load_only

from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.models import Registration

from ..models import Delegation, Nomination
from . import nominations, people

SHOWN = 100


def mails_of(delegation: Delegation) -> list[OutboxMail]:
    """Return the newest mails about the economy's registrations and nominations, without their texts."""
    registered = _about("registration", Registration.id, Registration.email, people.of_delegation(delegation))
    nominated = _about("delegation-nomination", Nomination.id, Nomination.email, nominations.of_delegation(delegation))
    statement = (
        select(OutboxMail)
        .where(or_(registered, nominated))
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
    """Select the newest acts on the economy's registrations and nominations."""
    registered = select(Registration.id).where(people.of_delegation(delegation))
    nominated = select(Nomination.id).where(nominations.of_delegation(delegation))
    return (
        select(JournalEntry)
        .where(
            or_(
                and_(JournalEntry.subject_type == Registration.__tablename__, JournalEntry.subject_id.in_(registered)),
                and_(JournalEntry.subject_type == Nomination.__tablename__, JournalEntry.subject_id.in_(nominated)),
            )
        )
        .order_by(JournalEntry.id.desc())
        .limit(SHOWN)
    )


def names_in(delegation: Delegation, entries: Iterable[JournalEntry]) -> dict[tuple[str, int], str]:
    """Return whom acts are about, by table and id; as people are called now, since the journal keeps no names."""
    ids: dict[str, set[int]] = {Registration.__tablename__: set(), Nomination.__tablename__: set()}
    for each in entries:
        ids[each.subject_type].add(each.subject_id)
    registered = select(Registration.id, Registration.given_name, Registration.family_name).where(
        people.of_delegation(delegation), Registration.id.in_(ids[Registration.__tablename__])
    )
    nominated = select(Nomination.id, Nomination.given_name, Nomination.family_name).where(
        nominations.of_delegation(delegation), Nomination.id.in_(ids[Nomination.__tablename__])
    )
    tables = ((Registration.__tablename__, registered), (Nomination.__tablename__, nominated))
    return {
        (table, row_id): f"{given} {family.upper()}".strip()
        for table, statement in tables
        for row_id, given, family in db.session.execute(statement)
        if family
    }


def _about(
    kind: str, row_id: InstrumentedAttribute[int], email: InstrumentedAttribute[str], theirs: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition that a mail's key names one of these rows, and that it went to the row's address."""
    named = literal(f"{kind}:") + cast(row_id, String) + literal(":%")
    return exists().where(theirs, OutboxMail.to_address == email, OutboxMail.key.like(named)).correlate(OutboxMail)
