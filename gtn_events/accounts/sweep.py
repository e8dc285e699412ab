"""What accounts throw away by themselves."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .models import AccountSession, Invitation, SignInAttempt

ATTEMPTS_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)
INVITATIONS_KEPT = timedelta(days=90)


@periodic(seconds=3600)
def sweep_accounts(now: datetime) -> None:
    """Delete attempts after a day, sessions thirty days after they ended, unanswered invitations after ninety."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT))
    gone = now - SESSIONS_KEPT
    db.session.execute(
        delete(AccountSession).where(or_(AccountSession.ended_at < gone, AccountSession.expires_at < gone))
    )
    unanswered = delete(Invitation).where(Invitation.accepted_at.is_(None))
    db.session.execute(unanswered.where(Invitation.expires_at < now - INVITATIONS_KEPT))
    db.session.commit()
