"""Sends mails to many: the clock begins what is due and notes what stopped, a job writes the mails, some at a time."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import JobRun, enqueue_job, job_handler, periodic
from gtn_events.core.permissions import Permission

from .domain.mailing_stops import note_stopped
from .domain.mailings import finish_mailing, take_due, write_one
from .enums import MailingState
from .models import Mailing, MailingRecipient, Registration

COMMIT_EVERY = 25


@periodic(seconds=20)
def begin_due_mailings(now: datetime) -> None:
    """Ask for the work of every scheduled mail whose time has come; each once, in one transaction with its state."""
    due = select(Mailing).where(Mailing.state == MailingState.SCHEDULED, Mailing.sends_at <= now).order_by(Mailing.id)
    for mailing in db.session.scalars(due).all():
        if not take_due(mailing, now=now):
            continue
        actor = db.session.get(Account, mailing.scheduled_by_id) if mailing.scheduled_by_id else None
        ask_for_work(mailing, actor=actor, now=now)
        db.session.commit()


@periodic(seconds=20)
def note_stopped_mailings(now: datetime) -> None:
    """Say of every mail that it has stopped when its job was cancelled or given up."""
    note_stopped(now=now)


def ask_for_work(mailing: Mailing, *, actor: Account | None, now: datetime) -> None:
    """Ask for the job that writes the mails, once for each beginning. Flushes; the caller commits."""
    job = enqueue_job(
        "forum.mailing",
        title=mailing.subject,
        params={"mailing_id": mailing.id},
        actor=actor,
        now=now,
        scope=mailing.forum.scope,
        unique_key=f"mailing:{mailing.id}:after:{mailing.job_id}" if mailing.job_id else f"mailing:{mailing.id}",
    )
    mailing.job_id = job.id
    db.session.flush()


@job_handler("forum.mailing", permission=Permission.FORUM_MAIL_MANAGE)
def write_mails(job: JobRun) -> None:
    """Write the mails of the frozen set; a second run goes on where the first was killed, and writes none twice."""
    mailing = db.session.get_one(Mailing, job.params["mailing_id"])
    ids = list(
        db.session.scalars(
            select(MailingRecipient.id)
            .where(MailingRecipient.mailing_id == mailing.id)
            .order_by(MailingRecipient.registration_id)
        )
    )
    job.set_total(len(ids))
    for start in range(0, len(ids), COMMIT_EVERY):
        job.check_cancelled()
        part = ids[start : start + COMMIT_EVERY]
        for recipient in db.session.scalars(_loaded(part)):
            if recipient.mail_id is None and not write_one(mailing, recipient, now=job.now()):
                job.fail_item(f"{recipient.registration.reference}: the data of this person was erased meanwhile")
        db.session.commit()
        job.advance(len(part))
    finish_mailing(mailing, now=job.now())


def _loaded(ids: list[int]) -> Select[MailingRecipient]:
    registration = joinedload(MailingRecipient.registration)
    return (
        select(MailingRecipient)
        .where(MailingRecipient.id.in_(ids))
        .options(
            registration.joinedload(Registration.account),
            registration.joinedload(Registration.category),
            registration.joinedload(Registration.economy),
        )
        .order_by(MailingRecipient.registration_id)
    )
