"""Who speaks for an economy: reads of the coordinators' roles."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy


def coordinators_by_economy() -> Mapping[str, list[Account]]:
    """Return the coordinators of every economy that has one, by the economy's code."""
    statement = (
        select(Economy.code, Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Economy, Economy.rank == RoleGrant.scope_id)
        .where(
            RoleGrant.role == Role.ECONOMY_COORDINATOR,
            RoleGrant.scope_kind == "economy",
            RoleGrant.ended_at.is_(None),
        )
        .order_by(Economy.rank, Account.sort_name, Account.id)
    )
    found: defaultdict[str, list[Account]] = defaultdict(list)
    for code, account in db.session.execute(statement):
        found[code].append(account)
    return found
