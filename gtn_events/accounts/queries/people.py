"""Reads of people for administrators."""

from collections.abc import Collection

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.pages import Listing

from ..enums import Role
from ..models import Account, RoleGrant

SORTS = {"name": Account.sort_name, "since": Account.created_at}


def people_in(listing: Listing) -> Select[Account]:
    """Select the people that a list shows, their economy and organisation loaded along."""
    statement = (
        select(Account)
        .options(joinedload(Account.economy), joinedload(Account.organisation))
        .where(Account.erased_at.is_(None))
    )
    if listing.search:
        statement = statement.where(listing.searched(Account.search_text))
    if listing.chosen("economy"):
        statement = statement.where(Account.economy_code.in_(listing.chosen("economy")))
    if listing.chosen("role"):
        roles = [Role(value) for value in listing.chosen("role")]
        held = exists().where(
            RoleGrant.account_id == Account.id, RoleGrant.ended_at.is_(None), RoleGrant.role.in_(roles)
        )
        statement = statement.where(held)
    return statement


def roles_held(account_ids: list[int]) -> dict[int, list[Role]]:
    """Return the roles that each of these people holds now, each role once."""
    statement = (
        select(RoleGrant.account_id, RoleGrant.role)
        .where(RoleGrant.account_id.in_(account_ids), RoleGrant.ended_at.is_(None))
        .distinct()
    )
    held: dict[int, list[Role]] = {}
    for account_id, role in db.session.execute(statement):
        held.setdefault(account_id, []).append(role)
    order = list(Role)
    return {account_id: sorted(roles, key=order.index) for account_id, roles in held.items()}


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """Return the names of people as they stand in a journal, in one query."""
    statement = select(Account).where(Account.id.in_(account_ids))
    return {account.id: account.display_name for account in db.session.scalars(statement)}


def grants_of(account: Account) -> Select[RoleGrant]:
    """Select all grants of a person, those that hold first."""
    return (
        select(RoleGrant)
        .where(RoleGrant.account_id == account.id)
        .order_by(RoleGrant.ended_at.is_not(None), RoleGrant.granted_at.desc(), RoleGrant.id.desc())
    )
