"""Putting a mail into the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, render_template

from gtn_events.config import Settings

from ..db import db
from ..permissions import Scope
from ..text import clean_text, fold
from ..upsert import insert_unless_there
from ..wake import wake_after_commit
from .attachments import AttachmentRef
from .models import MailState, OutboxMail
from .wording import wording_of

LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class Recipient:
    """To whom a mail goes; language and time zone shape what stands in it."""

    address: str
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"


def enqueue_mail(
    key: str,
    template: str,
    *,
    to: Recipient,
    context: dict[str, Any],
    now: datetime,
    scope: Scope | None = None,
    attachments: Sequence[AttachmentRef] = (),
    hold: bool = False,
) -> OutboxMail | None:
    """Write a mail into the outbox, in the transaction of the change that it tells of.

    Args:
        key: names the event and the person; a second mail with the same key is not written.
        template: a folder under ``templates/email/`` with subject.txt, body.txt and body.html.
            They see ``context``, ``recipient``, ``site_name`` and ``base_url``; what the event's
            organisers have added stands before the closing.
        now: when it may leave.
        scope: whose organisers may see, change and hold it back.
        attachments: made when the mail leaves.
        hold: True keeps it until an organiser releases it, as the organisers may have set for its kind.

    Returns:
        The flushed row, or None when the key is there already (also when another
        transaction wrote it a moment ago; the caller's transaction stays intact).
    """
    settings: Settings = current_app.config["SETTINGS"]
    wording = wording_of(scope, template)
    hold = hold or wording.hold
    site = {"site_name": settings.site_name, "base_url": settings.base_url}
    seen = {**site, **context, "recipient": to, "own_words": wording.words}
    subject = one_line(render_template(f"email/{template}/subject.txt", **seen))[:LONGEST_SUBJECT]
    values = {
        "key": key,
        "template": template,
        "to_address": one_line(to.address),
        "to_name": one_line(to.name)[:200],
        "subject": subject,
        "search_key": search_key(to.name, to.address, subject),
        "body_text": render_template(f"email/{template}/body.txt", **seen).strip() + "\n",
        "body_html": render_template(f"email/{template}/body.html", **seen),
        "attachments": [reference.as_json() for reference in attachments],
        "scope_kind": scope.kind if scope else None,
        "scope_id": scope.id if scope else None,
        "state": MailState.HELD if hold else MailState.QUEUED,
        "attempts": 0,
        "created_at": now,
        "next_attempt_at": now,
    }
    mail: OutboxMail | None = db.session.scalar(insert_unless_there(OutboxMail, **values).returning(OutboxMail))
    if mail is None:
        return None
    if not hold:
        wake_after_commit("mail")
    return mail


def search_key(name: str, address: str, subject: str) -> str:
    """Return the folded text by which a mail is found."""
    return fold(f"{name} {address} {subject}")


def one_line(text: str) -> str:
    """Return text without line ends and control characters: what may stand in a mail header."""
    return " ".join(clean_text(text).split())
