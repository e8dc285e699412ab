"""The address of a calendar feed of favourites: made, renewed, revoked."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..models import FavouriteFeed, Forum
from .locking import lock_forum


def renew_favourite_feed(account: Account, forum: Forum, *, now: datetime) -> str:
    """Return the token of a new address; it cannot be had again, and an earlier one opens nothing any more.

    Flushes; the caller commits.
    """
    # A second click waits for the first, and its address is the one that counts.
    lock_forum(forum)
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(FavouriteFeed).where(*_theirs(account, forum)))
    values = {"account_id": account.id, "forum_id": forum.id, "token_sha256": _digest(token), "made_at": now}
    db.session.add(FavouriteFeed(**values))
    db.session.flush()
    record("favourites feed made", account, actor=account, now=now, scope=forum.scope)
    return token


def revoke_favourite_feed(account: Account, forum: Forum, *, now: datetime) -> None:
    """Let no address open the favourites any more. Flushes; the caller commits."""
    db.session.execute(delete(FavouriteFeed).where(*_theirs(account, forum)))
    record("favourites feed revoked", account, actor=account, now=now, scope=forum.scope)
    db.session.flush()


def favourite_feed_of(token: str) -> FavouriteFeed | None:
    """Return the feed that an address opens; None for one that nobody made, or that was renewed or revoked."""
    statement = select(FavouriteFeed).where(FavouriteFeed.token_sha256 == _digest(token))
    return db.session.scalar(statement.options(joinedload(FavouriteFeed.forum)))


def _theirs(account: Account, forum: Forum) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FavouriteFeed.account_id == account.id, FavouriteFeed.forum_id == forum.id


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
