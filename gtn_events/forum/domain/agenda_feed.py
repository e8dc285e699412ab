"""The address of a delegate's calendar feed: made, renewed, revoked."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..models import AgendaFeed, Registration
from .locking import lock_registration


def renew_feed(registration: Registration, *, actor: Account, now: datetime) -> str:
    """Return the token of a new address; it cannot be had again, and an earlier one opens nothing any more.

    Flushes; the caller commits.
    """
    lock_registration(registration)
    token = secrets.token_urlsafe(32)
    feed = db.session.get(AgendaFeed, registration.id)
    if feed is None:
        feed = AgendaFeed(registration_id=registration.id)
        db.session.add(feed)
    feed.token_sha256, feed.made_at = _digest(token), now
    db.session.flush()
    record("calendar feed made", registration, actor=actor, now=now, scope=registration.scope)
    return token


def revoke_feed(registration: Registration, *, actor: Account, now: datetime) -> None:
    """Let no address open the agenda any more. Flushes; the caller commits."""
    lock_registration(registration)
    db.session.execute(delete(AgendaFeed).where(AgendaFeed.registration_id == registration.id))
    record("calendar feed revoked", registration, actor=actor, now=now, scope=registration.scope)
    db.session.flush()


def registration_of_feed(token: str) -> Registration | None:
    """Return whose agenda an address opens; None for one that nobody made, or that was renewed or revoked."""
    feed = db.session.scalar(
        select(AgendaFeed)
        .where(AgendaFeed.token_sha256 == _digest(token))
        .options(joinedload(AgendaFeed.registration).joinedload(Registration.forum))
    )
    return feed.registration if feed else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
