"""How the competitions are called that people hold roles for."""

from collections.abc import Collection

from sqlalchemy import select

from gtn_events.accounts.scopes import NamedScope
from gtn_events.core.db import db

from .models import Competition


def names_of_competitions(ids: Collection[int]) -> dict[int, NamedScope]:
    """Return title and organiser's page of each competition."""
    competitions = db.session.scalars(select(Competition).where(Competition.id.in_(ids)))
    return {
        each.id: NamedScope(each.title, "competition_manage.overview", {"competition": each}) for each in competitions
    }
