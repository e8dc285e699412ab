"""One mail to a chosen set of delegates, kept as a record of what was written to whom."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.outbox import OutboxMail

from ..enums import MailingState
from .forum import Forum
from .registration import Registration


class Mailing(Model):
    """Subject and text with fields, and the set as the address of a list and in words.

    The set is frozen into recipients when it is scheduled; until ``sends_at`` it can be
    taken back. ``job_id`` is the long work that writes the mails.
    """

    __tablename__ = "forum_mailing"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text, default="")
    audience_words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[MailingState] = mapped_column(default=MailingState.DRAFT, index=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]
    scheduled_by_id: Mapped[int | None]
    sends_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    job_id: Mapped[int | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()


class MailingRecipient(Model):
    """That a delegate belongs to the frozen set, once; ``mail`` is what was written."""

    __tablename__ = "forum_mailing_recipient"
    __table_args__ = (UniqueConstraint("mailing_id", "registration_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("forum_mailing.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("core_outbox_mail.id"), index=True)

    registration: Mapped[Registration] = relationship()
    mail: Mapped[OutboxMail | None] = relationship()
