"""The outbox: mail that is written in the transaction of the change it tells of, and sent after it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model


class MailState(StrEnum):
    """Where a mail stands.

    HELD waits for an organiser's release; CLAIMED belongs to a worker until its lease
    ends; SENDING was handed to the mail server when a worker last wrote: if the worker
    dies there, nobody knows whether it left, so it becomes UNCERTAIN and is never sent
    again by itself; DEAD used up its tries.
    """

    HELD = "held"
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    DISCARDED = "discarded"


class OutboxMail(Model):
    """One mail to one address; ``key`` is unique, so an event tells a person once.

    ``search_key`` holds name, address and subject folded, for the organisers' search.
    """

    __tablename__ = "core_outbox_mail"
    __table_args__ = (
        Index("ix_core_outbox_mail_due", "state", "next_attempt_at"),
        Index("ix_core_outbox_mail_scope", "scope_kind", "scope_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    template: Mapped[str] = mapped_column(String(100))
    to_address: Mapped[str] = mapped_column(String(320), index=True)
    to_name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(300))
    search_key: Mapped[str] = mapped_column(Text, default="")
    body_text: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    scope_kind: Mapped[str | None] = mapped_column(String(30))
    scope_id: Mapped[int | None]
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
