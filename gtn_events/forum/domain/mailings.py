"""Writing a mail to a chosen set, freezing the set, taking it back in time, and writing each mail once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, literal, select, update

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.listing import Listing
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.text import clean_text

from ..enums import MailingState
from ..errors import MailingRefused
from ..models import Forum, Mailing, MailingRecipient, Registration
from ..notifications import mail_of_mailing, mailing_key
from ..queries.mailings import AudienceChoices, audience_ids, words_of_audience
from .mailing_text import filled, require_known_fields

UNDO = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class MailingText:
    """Subject and text with fields, and the set as a list's address asks for it."""

    subject: str
    text: str
    listing: Listing


def begin_mailing(
    forum: Forum, text: MailingText, choices: AudienceChoices, *, actor: Account, now: datetime
) -> Mailing:
    """Keep a mail to a set as a draft; sent twice, the first one is returned. Flushes; the caller commits.

    Raises:
        UnknownField: subject or text hold a field that nothing fills.
    """
    # Whoever presses the button twice is served one after the other.
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
    mailing = Mailing(forum_id=forum.id, created_at=now, created_by_id=actor.id, state=MailingState.DRAFT)
    _set(mailing, text, choices)
    there = db.session.scalars(_same_draft(mailing)).first()
    if there is not None:
        return there
    db.session.add(mailing)
    db.session.flush()
    journal.record("mailing begun", mailing, actor=actor, now=now, scope=forum.scope)
    return mailing


def write_mailing(mailing: Mailing, text: MailingText, choices: AudienceChoices, *, seen: int) -> None:
    """Change a draft; ``seen`` is the ``lock_version`` of the page. Flushes; the caller commits.

    Raises:
        MailingRefused: it is no draft any more.
        Stale: somebody else changed it since.
        UnknownField: subject or text hold a field that nothing fills.
    """
    if mailing.state is not MailingState.DRAFT:
        raise MailingRefused("This mail is on its way. It cannot be changed any more.")
    if mailing.lock_version != seen:
        raise Stale("Somebody else has changed this mail since you opened the page. What you typed is kept below.")
    _set(mailing, text, choices)
    db.session.flush()


def schedule_mailing(
    mailing: Mailing, listing: Listing, choices: AudienceChoices, *, seen: int, actor: Account, now: datetime
) -> int:
    """Freeze the set and let the mails leave in five minutes; of two who press at once, one does it.

    Args:
        seen: the ``lock_version`` of the preview, so that nobody sends what they have not seen.

    Returns:
        How many people get it.

    Raises:
        Stale: it was changed or scheduled since the preview.
        MailingRefused: nobody would get it.

    Flushes; the caller commits.
    """
    won = (
        update(Mailing)
        .where(Mailing.id == mailing.id, Mailing.state == MailingState.DRAFT, Mailing.lock_version == seen)
        .values(
            state=MailingState.SCHEDULED,
            sends_at=now + UNDO,
            scheduled_by_id=actor.id,
            audience_words=words_of_audience(listing, choices),
            lock_version=Mailing.lock_version + 1,
        )
    )
    if not changes_one(won):
        raise Stale("This mail was changed or sent since you saw the preview. Look at it again.")
    ids = audience_ids(mailing.forum, listing, choices).order_by(None).subquery()
    frozen = select(literal(mailing.id), ids.c[0])
    db.session.execute(insert(MailingRecipient).from_select(["mailing_id", "registration_id"], frozen))
    db.session.refresh(mailing)
    count = len(db.session.scalars(select(MailingRecipient.id).where(MailingRecipient.mailing_id == mailing.id)).all())
    if not count:
        raise MailingRefused("Nobody would get this mail. Choose another set.")
    changes = {"recipients": (None, count), "set": (None, mailing.audience_words)}
    journal.record("mailing scheduled", mailing, actor=actor, now=now, scope=mailing.forum.scope, changes=changes)
    return count


def cancel_mailing(mailing: Mailing, *, actor: Account, now: datetime) -> None:
    """Take a scheduled mail back; nobody gets it. Flushes; the caller commits.

    Raises:
        MailingRefused: it has begun to leave, or was never scheduled.
    """
    taken_back = (
        update(Mailing)
        .where(Mailing.id == mailing.id, Mailing.state == MailingState.SCHEDULED)
        .values(state=MailingState.CANCELLED, finished_at=now, lock_version=Mailing.lock_version + 1)
    )
    if not changes_one(taken_back):
        raise MailingRefused("This mail has begun to leave. It cannot be taken back any more.")
    db.session.refresh(mailing)
    journal.record("mailing cancelled", mailing, actor=actor, now=now, scope=mailing.forum.scope)


def take_due(mailing: Mailing, *, now: datetime) -> bool:
    """Let a scheduled mail whose time has come begin to leave; True for the one caller that did it. Flushes."""
    due = (
        update(Mailing)
        .where(Mailing.id == mailing.id, Mailing.state == MailingState.SCHEDULED, Mailing.sends_at <= now)
        .values(state=MailingState.SENDING, lock_version=Mailing.lock_version + 1)
    )
    won = changes_one(due)
    db.session.refresh(mailing)
    return won


def write_one(mailing: Mailing, recipient: MailingRecipient, *, now: datetime) -> bool:
    """Put the mail of one recipient into the outbox, once; False for whoever was erased meanwhile. Flushes."""
    registration = recipient.registration
    if not registration.email or registration.account.erased_at is not None:
        return False
    mail = mail_of_mailing(
        mailing, registration, filled(mailing.subject, registration), filled(mailing.text, registration), now=now
    )
    # A worker that was killed after its commit left the mail; its key finds it.
    recipient.mail = mail or db.session.scalar(
        select(OutboxMail).where(OutboxMail.key == mailing_key(mailing, registration))
    )
    db.session.flush()
    return True


def finish_mailing(mailing: Mailing, *, now: datetime) -> None:
    """Note that every mail was written. Flushes; the caller commits."""
    mailing.state, mailing.finished_at = MailingState.SENT, now
    journal.record("mailing sent", mailing, actor=None, now=now, scope=mailing.forum.scope)
    db.session.flush()


def as_one_gets_it(mailing: Mailing, registration: Registration) -> tuple[str, str]:
    """Return subject and text as one person gets them."""
    return filled(mailing.subject, registration), filled(mailing.text, registration)


def changes_one(statement: Any) -> bool:  # Any: an UPDATE of any shape
    """Do a conditional UPDATE and say whether it was this caller who changed the row."""
    result: Any = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount) == 1


def _same_draft(mailing: Mailing) -> Select[Mailing]:
    same = ("forum_id", "created_by_id", "state", "subject", "text", "audience")
    return select(Mailing).where(*(getattr(Mailing, name) == getattr(mailing, name) for name in same))


def _set(mailing: Mailing, text: MailingText, choices: AudienceChoices) -> None:
    subject, body = clean_text(text.subject).strip(), clean_text(text.text).strip()
    require_known_fields(subject, field="subject")
    require_known_fields(body, field="text")
    mailing.subject, mailing.text = subject, body
    mailing.audience = text.listing.url().partition("?")[2]
    mailing.audience_words = words_of_audience(text.listing, choices)
