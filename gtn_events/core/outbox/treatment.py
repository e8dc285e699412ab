"""What an organiser may do to a mail: change it before it leaves, release, send again, discard."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, update

from ..db import db
from ..errors import DomainError, Stale
from ..permissions import Scope
from ..text import clean_text
from ..wake import wake_after_commit
from .models import MailState, OutboxMail
from .writing import LONGEST_SUBJECT, one_line, search_key

EDITABLE = frozenset({MailState.HELD, MailState.QUEUED})
STUCK = frozenset({MailState.DEAD, MailState.UNCERTAIN})
DISCARDABLE = EDITABLE | STUCK


class MailNotEditable(Stale):
    """The mail moved on (sent, or taken by a worker) before the person's change arrived."""


def edit_mail(
    mail: OutboxMail, *, subject: str, body_text: str, body_html: str, seen_edited_at: datetime | None, now: datetime
) -> None:
    """Change a mail that has not left.

    Args:
        seen_edited_at: when it was last edited as the person's page showed it, so that two
            organisers cannot overwrite one another unseen.

    Raises:
        MailNotEditable: a worker has it, it was sent, or somebody else edited it meanwhile.
        DomainError: the subject or the text is empty.
    """
    subject = one_line(subject)[:LONGEST_SUBJECT]
    if not subject:
        raise DomainError("Write a subject. It is empty.", field="subject")
    if not clean_text(body_text):
        raise DomainError("Write a text. It is empty.", field="body_text")
    unseen = OutboxMail.edited_at.is_(None) if seen_edited_at is None else OutboxMail.edited_at == seen_edited_at
    values = {
        "subject": subject,
        "search_key": search_key(mail.to_name, mail.to_address, subject),
        "body_text": body_text,
        "body_html": body_html,
        "edited_at": now,
    }
    if not _change(mail, EDITABLE, values, unseen):
        raise MailNotEditable("This mail was sent or changed meanwhile. Your changes were not saved.")


def release_mail(mail: OutboxMail, *, now: datetime) -> None:
    """Let a held mail leave.

    Raises:
        MailNotEditable: it is not held any more.
    """
    if not _change(mail, {MailState.HELD}, {"state": MailState.QUEUED, "next_attempt_at": now}):
        raise MailNotEditable("This mail is no longer held back.")
    wake_after_commit("mail")


def release_all_mail(scope: Scope | None, *, now: datetime) -> int:
    """Let every held mail of a scope (of the site for None) leave; return how many."""
    statement = (
        update(OutboxMail)
        .where(OutboxMail.state == MailState.HELD)
        .values(state=MailState.QUEUED, next_attempt_at=now)
        .execution_options(synchronize_session=False)
    )
    if scope is not None:
        statement = statement.where(OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
    released = int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]  # an UPDATE has it
    if released:
        wake_after_commit("mail")
    return released


def send_again(mail: OutboxMail, *, now: datetime) -> None:
    """Give a dead or uncertain mail a fresh set of tries.

    For an uncertain one a person takes the risk of a second copy.

    Raises:
        MailNotEditable: it is neither dead nor uncertain.
    """
    values = {"state": MailState.QUEUED, "next_attempt_at": now, "last_error": None}
    if not _change(mail, STUCK, values):
        raise MailNotEditable("This mail is not waiting for a decision any more.")
    wake_after_commit("mail")


def discard_mail(mail: OutboxMail) -> None:
    """Take a mail out of the queue for good; its row and its key stay.

    Raises:
        MailNotEditable: it was sent or a worker has it.
    """
    if not _change(mail, DISCARDABLE, {"state": MailState.DISCARDED}):
        raise MailNotEditable("This mail was sent meanwhile and cannot be discarded.")


def _change(
    mail: OutboxMail, states: Collection[MailState], values: dict[str, object], *conditions: ColumnElement[bool]
) -> bool:
    """Change the row only if it still stands in one of the states; a worker may take it at any moment."""
    statement = (
        update(OutboxMail)
        .where(OutboxMail.id == mail.id, OutboxMail.state.in_(states), *conditions)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    changed = bool(db.session.execute(statement).rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE has it
    db.session.refresh(mail)
    return changed
