"""Signed-in browsers: started with a new secret token, seen, listed and ended."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import contains_eager

from gtn_events.core.db import db

from ..models import Account, AccountSession

IDLE = timedelta(days=3)
SEEN_EVERY = timedelta(minutes=5)

# Every request of somebody signed in asks it, so it is put together once.
_LIVE_SESSION = (
    select(AccountSession)
    .join(AccountSession.account)
    .outerjoin(Account.economy)
    .outerjoin(Account.live_grants)
    .options(
        contains_eager(AccountSession.account).options(
            contains_eager(Account.economy), contains_eager(Account.live_grants)
        )
    )
    .where(
        AccountSession.token_sha256 == bindparam("digest"),
        AccountSession.ended_at.is_(None),
        AccountSession.expires_at > bindparam("now"),
        AccountSession.last_seen_at > bindparam("seen_after"),
        Account.erased_at.is_(None),
    )
)


def token_digest(token: str) -> str:
    """Return what the database keeps of a token: its SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(
    account: Account, *, lifetime: timedelta, now: datetime, client: str = "", address: str = ""
) -> tuple[AccountSession, str]:
    """Sign a browser in.

    Args:
        account: who signs in.
        lifetime: the session ends then, however busy it is.
        now: the moment of the sign-in.
        client: what the browser calls itself, shown in the person's list of sessions.
        address: the client's network address.

    Returns:
        The session and its token. The token is for the cookie only and cannot be had again.

    Flushes; the caller commits.
    """
    token = secrets.token_urlsafe(32)
    session = AccountSession(
        account_id=account.id,
        token_sha256=token_digest(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime,
        client=client[:200],
        address=address[:45],
    )
    db.session.add(session)
    db.session.flush()
    return session, token


def session_of_token(token: str, *, now: datetime) -> AccountSession | None:
    """Return the live session of a token with its account, economy and roles, in one query."""
    values = {"digest": token_digest(token), "now": now, "seen_after": now - IDLE}
    return db.session.scalars(_LIVE_SESSION, values).unique().one_or_none()


def mark_seen(session_id: int, *, now: datetime) -> None:
    """Write that a session is in use, at most once in five minutes, in a short transaction of its own.

    Apart from the request's session, because pages read in a transaction that may not write.
    """
    statement = (
        update(AccountSession)
        .where(AccountSession.id == session_id, AccountSession.last_seen_at <= now - SEEN_EVERY)
        .values(last_seen_at=now)
    )
    with db.engine.begin() as connection:
        connection.execute(statement)


def end_session(session: AccountSession, *, now: datetime) -> None:
    """Sign one browser out; a session that has ended keeps its first end. Flushes; the caller commits."""
    session.ended_at = session.ended_at or now
    db.session.flush()


def end_sessions(account: Account, *, now: datetime, but: AccountSession | None = None) -> None:
    """Sign all browsers of an account out, or all but one. The caller commits."""
    statement = (
        update(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    if but is not None:
        statement = statement.where(AccountSession.id != but.id)
    db.session.execute(statement)
