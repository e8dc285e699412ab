"""A mail to a chosen set that stopped on its way says so, and goes on where it stopped when somebody wants it to."""

from datetime import datetime

from sqlalchemy import Update, select, update

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState

from ..enums import MailingState
from ..errors import MailingRefused
from ..models import Mailing
from ..queries.mailings import written_of
from .mailings import changes_one

STOPPED = (JobState.CANCELLED, JobState.FAILED)


def note_stopped(*, now: datetime) -> list[int]:
    """Note that a mail has stopped whose job was cancelled or given up, and return the ids of those mails.

    Flushes; the caller commits.
    """
    statement = (
        select(Mailing)
        .join(Job, Job.id == Mailing.job_id)
        .where(Mailing.state == MailingState.SENDING, Job.state.in_(STOPPED))
        .order_by(Mailing.id)
    )
    return [mailing.id for mailing in db.session.scalars(statement).all() if _stop(mailing, now=now)]


def continue_mailing(mailing: Mailing, *, actor: Account, now: datetime) -> None:
    """Let a stopped mail be sent to whoever has none yet; the caller asks for the work. Flushes; the caller commits.

    Raises:
        MailingRefused: it is not stopped, or somebody else has continued it.
    """
    if not changes_one(_moved(mailing, MailingState.STOPPED, MailingState.SENDING)):
        raise MailingRefused("This mail is not stopped, or somebody has continued it already.")
    db.session.refresh(mailing)
    journal.record("mailing continued", mailing, actor=actor, now=now, scope=mailing.forum.scope)


def _stop(mailing: Mailing, *, now: datetime) -> bool:
    if not changes_one(_moved(mailing, MailingState.SENDING, MailingState.STOPPED)):
        return False
    db.session.refresh(mailing)
    changes = {"written": (None, written_of(mailing))}
    journal.record("mailing stopped", mailing, actor=None, now=now, scope=mailing.forum.scope, changes=changes)
    return True


def _moved(mailing: Mailing, before: MailingState, after: MailingState) -> Update:
    return (
        update(Mailing)
        .where(Mailing.id == mailing.id, Mailing.state == before)
        .values(state=after, lock_version=Mailing.lock_version + 1)
    )
