"""Reads of the officers of delegations."""

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.models import Forum

from ..enums import OfficerKind
from ..models import Delegation, DelegationOfficer


def officer_of(delegation: Delegation, kind: OfficerKind) -> DelegationOfficer | None:
    """Return one officer of an economy, None while nobody is named."""
    return db.session.scalar(
        select(DelegationOfficer).where(
            DelegationOfficer.forum_id == delegation.forum.id,
            DelegationOfficer.economy_code == delegation.code,
            DelegationOfficer.kind == kind,
        )
    )


def officers_of(delegation: Delegation) -> dict[OfficerKind, DelegationOfficer]:
    """Return the officers of an economy by their kind."""
    return officers_by_economy(delegation.forum, delegation.code).get(delegation.code, {})


def officers_by_economy(forum: Forum, economy_code: str = "") -> dict[str, dict[OfficerKind, DelegationOfficer]]:
    """Return the officers of a forum by economy and kind, in one query; of one economy where it is given."""
    statement = select(DelegationOfficer).where(DelegationOfficer.forum_id == forum.id)
    if economy_code:
        statement = statement.where(DelegationOfficer.economy_code == economy_code)
    found: dict[str, dict[OfficerKind, DelegationOfficer]] = {}
    for each in db.session.scalars(statement):
        found.setdefault(each.economy_code, {})[each.kind] = each
    return found
