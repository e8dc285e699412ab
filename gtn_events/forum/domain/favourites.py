"""Sessions that a person marks for themselves: one by one, or what their browser kept before they signed in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.upsert import insert_unless_there

from ..models import Favourite, Forum


def add_favourites(account: Account, forum: Forum, codes: Iterable[str], *, now: datetime) -> None:
    """Mark sessions; those marked already stay as they are. The caller knows that they exist, and commits."""
    for code in sorted(set(codes)):
        values = {"account_id": account.id, "forum_id": forum.id, "code": code, "marked_at": now}
        db.session.execute(insert_unless_there(Favourite, **values))


def remove_favourite(account: Account, forum: Forum, code: str) -> None:
    """Take one mark away; nothing happens where there is none. The caller commits."""
    theirs = (Favourite.account_id == account.id, Favourite.forum_id == forum.id, Favourite.code == code)
    db.session.execute(delete(Favourite).where(*theirs))
