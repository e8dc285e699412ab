"""Who works at a host."""

from collections.abc import Sequence

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db

from ..models import Host


def people_of_host(host: Host) -> Sequence[Account]:
    """Return the people who manage a host now, in the order of their names."""
    statement = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == Role.HOST_MANAGER,
            RoleGrant.scope_kind == host.scope.kind,
            RoleGrant.scope_id == host.scope.id,
            RoleGrant.ended_at.is_(None),
            Account.erased_at.is_(None),
        )
        .order_by(Account.sort_name, Account.id)
    )
    return db.session.scalars(statement).all()
