"""What accounts throw away by themselves."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .models import AccountSession, SignInAttempt

ATTEMPTS_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)


@periodic(seconds=3600)
def sweep_accounts(now: datetime) -> None:
    """Delete attempts after a day, and sessions thirty days after they ended."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT))
    gone = now - SESSIONS_KEPT
    db.session.execute(
        delete(AccountSession).where(or_(AccountSession.ended_at < gone, AccountSession.expires_at < gone))
    )
    db.session.commit()
