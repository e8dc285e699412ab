"""Reads of signed-in browsers."""

from datetime import datetime

from sqlalchemy import Select, select

from ..domain.sessions import IDLE
from ..models import Account, AccountSession


def live_sessions(account: Account, *, now: datetime) -> Select[AccountSession]:
    """Select the sessions of an account that are signed in, the one used last first."""
    return (
        select(AccountSession)
        .where(
            AccountSession.account_id == account.id,
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > now,
            AccountSession.last_seen_at > now - IDLE,
        )
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    )


def session_of(account: Account, session_id: int) -> Select[AccountSession]:
    """Select one session if it is the account's own."""
    return select(AccountSession).where(AccountSession.id == session_id, AccountSession.account_id == account.id)
