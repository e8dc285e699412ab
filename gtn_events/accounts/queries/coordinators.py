"""Which economies a person speaks for, and who speaks for an economy."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Select, select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import Role
from ..models import Account, RoleGrant


def own_economies(account: Account) -> list[Economy]:
    """Return the economies that a person coordinates, in protocol order."""
    ranks = [
        grant.scope_id
        for grant in account.live_grants
        if grant.role is Role.ECONOMY_COORDINATOR and grant.scope_kind == "economy"
    ]
    if not ranks:
        return []
    return list(db.session.scalars(select(Economy).where(Economy.rank.in_(ranks)).order_by(Economy.rank)))


def coordinated_codes() -> Select[str]:
    """Select the codes of the economies that somebody speaks for."""
    return (
        select(Economy.code)
        .join(RoleGrant, RoleGrant.scope_id == Economy.rank)
        .where(
            RoleGrant.role == Role.ECONOMY_COORDINATOR,
            RoleGrant.scope_kind == "economy",
            RoleGrant.ended_at.is_(None),
        )
    )


def coordinators_of(codes: Collection[str] | None = None) -> Mapping[str, list[Account]]:
    """Return the coordinators of these economies, or of all, by the economy's code; one without any is not there."""
    if codes is not None and not codes:
        return {}
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
    if codes is not None:
        statement = statement.where(Economy.code.in_(codes))
    found: defaultdict[str, list[Account]] = defaultdict(list)
    for code, account in db.session.execute(statement):
        found[code].append(account)
    return found
