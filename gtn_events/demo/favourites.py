"""The demonstration's delegate has marked sessions of the first forum, two of them at the same time."""

from gtn_events.accounts.models import Account
from gtn_events.forum.domain.favourites import add_favourites
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.programme import load_programme

from .forums import OPENED

TITLES = ("Cold chains off the grid", "Lending against an energy saving", "Labels that travel", "Compost that sells")


def mark_sessions(first: Forum, delegate: Account) -> None:
    """Mark them by their titles."""
    codes = [each.code for each in load_programme(first).sessions if each.title in TITLES]
    add_favourites(delegate, first, codes, now=OPENED)
