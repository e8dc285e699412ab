"""How the forums are called that people hold roles for."""

from collections.abc import Collection

from sqlalchemy import select

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import Forum


def names_of_forums(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return title and organiser's page of each forum."""
    forums = db.session.scalars(select(Forum).where(Forum.id.in_(ids)))
    return {forum.id: NamedScope(forum.title, "forum_manage.overview", {"forum": forum}) for forum in forums}
