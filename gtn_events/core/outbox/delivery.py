"""Sending what is due: claim, make attachments, hand over, note it; each step a transaction of its own."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_mail import BadHeaderError
from sqlalchemy import update

from ..db import db, reading
from ..errors import DomainError
from .attachments import make_attachments
from .message import build_message
from .models import MailState, OutboxMail
from .queries import due_mail_ids
from .transport import NotHandedOver, PerhapsHandedOver, Transport
from .transports import new_transport

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MOST_TRIES = len(BACK_OFF) + 1
BATCH = 50


def deliver_due_mail(now: datetime, *, clock: Clock | None = None, stopping: threading.Event | None = None) -> int:
    """Send every mail that is due by ``now``; return how many left.

    Args:
        clock: gives the time of each step when the work takes long; ``now`` stands still without it.
        stopping: when it is set, the mail in hand is finished and no other is begun.

    Any number of workers may do so at once: a mail belongs to whoever claims it with
    one conditional UPDATE. Commits its own steps, so it is called at the edge only.
    """
    sent = 0
    tick = clock or (lambda: now)
    transport = new_transport()
    try:
        while ids := _due(now):
            for mail_id in ids:
                if stopping is not None and stopping.is_set():
                    return sent
                sent += _deliver(mail_id, transport, tick)
    finally:
        transport.close()
    return sent


def settle_ended_leases(now: datetime) -> int:
    """Free mails whose worker died: claimed ones queue again, half-sent ones become uncertain; return how many.

    A half-sent mail is never sent again by itself: nobody knows whether it left.
    """
    ended = (OutboxMail.lease_until < now,)
    queued = update(OutboxMail).where(OutboxMail.state == MailState.CLAIMED, *ended).values(state=MailState.QUEUED)
    uncertain = (
        update(OutboxMail)
        .where(OutboxMail.state == MailState.SENDING, *ended)
        .values(state=MailState.UNCERTAIN, last_error="The worker stopped while the mail was being handed over.")
    )
    freed = _rowcount(queued) + _rowcount(uncertain)
    db.session.commit()
    return freed


def _due(now: datetime) -> list[int]:
    with reading():
        ids = due_mail_ids(now, limit=BATCH)
        db.session.rollback()
    return ids


def _deliver(mail_id: int, transport: Transport, tick: Clock) -> bool:
    """Send one mail; return False when another worker has it or it did not leave."""
    attempt = _claim(mail_id, tick())
    if attempt is None:
        return False
    try:
        # No transaction may be open while a PDF is drawn or a server is waited for:
        # on SQLite it would keep every other writer out.
        with reading():
            mail = db.session.get_one(OutboxMail, mail_id)
            message = build_message(mail, make_attachments(mail.attachments), now=tick())
            message.as_bytes()
            db.session.rollback()
        transport.open()
        if not _move(mail_id, attempt, MailState.CLAIMED, state=MailState.SENDING):
            return False
        transport.send(message)
    except PerhapsHandedOver as error:
        _move(mail_id, attempt, MailState.SENDING, state=MailState.UNCERTAIN, last_error=str(error))
        return False
    except (NotHandedOver, BadHeaderError, DomainError) as error:
        _failed(mail_id, attempt, tick(), str(error))
        return False
    except Exception as error:  # the boundary: a broken attachment must not stop all other mail
        logger.exception("mail %s could not be made", mail_id)
        _failed(mail_id, attempt, tick(), f"{type(error).__name__}: {error}")
        return False
    return _move(mail_id, attempt, MailState.SENDING, state=MailState.SENT, sent_at=tick(), last_error=None)


def _claim(mail_id: int, now: datetime) -> int | None:
    """Take a mail for this worker; return the number of this try, None when somebody else has it."""
    statement = (
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state == MailState.QUEUED, OutboxMail.next_attempt_at <= now)
        .values(state=MailState.CLAIMED, attempts=OutboxMail.attempts + 1, lease_until=now + LEASE)
        .returning(OutboxMail.attempts)
        .execution_options(synchronize_session=False)
    )
    attempt = db.session.scalar(statement)
    db.session.commit()
    return attempt


def _failed(mail_id: int, attempt: int, now: datetime, error: str) -> None:
    db.session.rollback()
    # The count goes on when a person sends a dead mail again: it also tells tries apart.
    number = (attempt - 1) % MOST_TRIES
    dead = number == len(BACK_OFF)
    wait = BACK_OFF[-1] if dead else BACK_OFF[number]
    for state in (MailState.CLAIMED, MailState.SENDING):
        _move(
            mail_id,
            attempt,
            state,
            state=MailState.DEAD if dead else MailState.QUEUED,
            next_attempt_at=now + wait,
            last_error=error[:2000],
        )
    logger.warning("mail %s did not leave (try %s): %s", mail_id, attempt, error)


def _move(mail_id: int, attempt: int, expected: MailState, **values: Any) -> bool:  # Any: column values
    """Write down a step, only while the mail is still ours, and commit it."""
    statement = (
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state == expected, OutboxMail.attempts == attempt)
        .values(**values)
    )
    moved = _rowcount(statement) == 1
    db.session.commit()
    return moved


def _rowcount(statement: Any) -> int:  # Any: an UPDATE of any shape
    result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)
