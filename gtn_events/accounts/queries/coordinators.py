"""Which economies a person speaks for."""

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import Role
from ..models import Account


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
