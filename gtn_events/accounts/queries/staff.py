"""Reads of who works at one forum or competition."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import Role
from ..models import Account, RoleGrant


def staff_grants(scope: Scope, roles: Sequence[Role]) -> list[RoleGrant]:
    """Return who holds one of these roles now, in the order of the roles, then by name."""
    statement = (
        _live(scope, roles)
        .join(RoleGrant.account)
        .options(joinedload(RoleGrant.account))
        .order_by(Account.family_name, Account.given_name, RoleGrant.id)
    )
    order = {role: place for place, role in enumerate(roles)}
    return sorted(db.session.scalars(statement), key=lambda grant: order[grant.role])


def staff_grant_of(scope: Scope, roles: Sequence[Role], grant_id: int) -> Select[RoleGrant]:
    """Select one live grant of these roles."""
    return _live(scope, roles).where(RoleGrant.id == grant_id)


def _live(scope: Scope, roles: Sequence[Role]) -> Select[RoleGrant]:
    return select(RoleGrant).where(
        RoleGrant.scope_kind == scope.kind,
        RoleGrant.scope_id == scope.id,
        RoleGrant.role.in_(roles),
        RoleGrant.ended_at.is_(None),
    )
