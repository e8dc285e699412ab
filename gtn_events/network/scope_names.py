"""How the groups of economies are called that people hold roles for."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import EconomyGroup


def names_of_groups(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return name and page of each group; 0 is the whole network."""
    groups = db.session.scalars(select(EconomyGroup).where(EconomyGroup.id.in_(ids)))
    page = "network.group_economies"
    named = {each.id: NamedScope(each.name, page, {"group": each.id}) for each in groups}
    return named | ({0: NamedScope(_("All member economies"), page, {"group": "apec"})} if 0 in ids else {})
