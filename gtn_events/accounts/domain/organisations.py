"""Organisations: found, made, joined and edited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.text import fold

from ..enums import OrganisationKind, OrganisationSize
from ..models import Account, Organisation


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What is said about an organisation; ``economy_code`` is None for one without an economy."""

    name: str
    kind: OrganisationKind
    economy_code: str | None
    size: OrganisationSize | None
    sector: str
    website: str


def organisations_of(economy_code: str | None) -> list[Organisation]:
    """Return the organisations of one economy, or those without one, by name."""
    statement = select(Organisation).where(Organisation.economy_code == economy_code).order_by(Organisation.name)
    return list(db.session.scalars(statement))


def organisation_called(name: str, *, economy_code: str | None) -> Organisation | None:
    """Return the organisation of an economy with this name, whatever its case and accents."""
    wanted = fold(name)
    return next((found for found in organisations_of(economy_code) if fold(found.name) == wanted), None)


def join_organisation(account: Account, organisation: Organisation | None, *, now: datetime) -> None:
    """Make an organisation the person's own, or none. Flushes; the caller commits."""
    if account.organisation_id == (organisation.id if organisation else None):
        return
    before, account.organisation = account.organisation, organisation
    db.session.flush()
    changes = {"organisation": (before.name if before else None, organisation.name if organisation else None)}
    journal.record("organisation chosen", account, actor=account, now=now, changes=changes)


def create_organisation(facts: OrganisationFacts, *, actor: Account, now: datetime) -> Organisation:
    """Make an organisation; one of that name and economy is returned as it stands. Flushes; the caller commits."""
    present = organisation_called(facts.name, economy_code=facts.economy_code)
    if present is not None:
        return present
    organisation = Organisation(**vars(facts), created_at=now, created_by_id=actor.id)
    db.session.add(organisation)
    db.session.flush()
    journal.record("organisation created", organisation, actor=actor, now=now)
    return organisation


def edit_organisation(organisation: Organisation, facts: OrganisationFacts, *, actor: Account, now: datetime) -> bool:
    """Change what is said about an organisation; what changed goes into the journal.

    Returns:
        False when nothing was different.

    Flushes; the caller commits.
    """
    changes = {
        name: (getattr(organisation, name), value)
        for name, value in vars(facts).items()
        if getattr(organisation, name) != value
    }
    for name, (_, value) in changes.items():
        setattr(organisation, name, value)
    db.session.flush()
    if changes:
        journal.record("organisation edited", organisation, actor=actor, now=now, changes=changes)
    return bool(changes)
