"""How the calls and hosts are called that people hold roles for."""

from collections.abc import Collection

from sqlalchemy import select

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import Call, Host


def names_of_calls(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return title and organiser's page of each call."""
    calls = db.session.scalars(select(Call).where(Call.id.in_(ids)))
    return {each.id: NamedScope(each.title, "incubation_manage.overview", {"call": each}) for each in calls}


def names_of_hosts(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return name and own page of each host."""
    hosts = db.session.scalars(select(Host).where(Host.id.in_(ids)))
    return {each.id: NamedScope(each.name, "incubation_host.overview", {"host": each}) for each in hosts}
