"""How the forums are called that people hold roles for."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import Forum, SideEvent


def names_of_forums(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return title and organiser's page of each forum."""
    forums = db.session.scalars(select(Forum).where(Forum.id.in_(ids)))
    return {forum.id: NamedScope(forum.title, "forum_manage.overview", {"forum": forum}) for forum in forums}


def names_of_side_events(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return title and hosts' page of each side event."""
    statement = select(SideEvent).where(SideEvent.id.in_(ids)).options(joinedload(SideEvent.forum))
    return {
        each.id: NamedScope(each.title, "forum_host.overview", {"forum": each.forum, "side_event": each})
        for each in db.session.scalars(statement)
    }
