"""How the calls and hosts are called that people hold roles for."""

from collections.abc import Collection

from sqlalchemy import select

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import Call, Host


def names_of_calls(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return the title of each call."""
    return {each.id: NamedScope(each.title) for each in db.session.scalars(select(Call).where(Call.id.in_(ids)))}


def names_of_hosts(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return the name of each host."""
    return {each.id: NamedScope(each.name) for each in db.session.scalars(select(Host).where(Host.id.in_(ids)))}
