"""Released versions of the programme: what everybody sees while organisers go on working."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model

from .forum import Forum


class ProgrammeRelease(Model):
    """One released version; nothing of it changes but ``told_at``, when its mails were written.

    ``content`` is everything but the long texts, as ``programme_snapshot.py`` writes it. Before
    ``public_from`` the version before it is what people see. ``repeats`` is the number of the
    earlier version to which this one goes back.
    """

    __tablename__ = "forum_programme_release"
    __table_args__ = (UniqueConstraint("forum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    number: Mapped[int]
    notes: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    released_at: Mapped[datetime]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"))
    public_from: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)
    repeats: Mapped[int | None]

    forum: Mapped[Forum] = relationship()
    released_by: Mapped[Account | None] = relationship()

    def is_public(self, now: datetime) -> bool:
        """Say whether people see it, or have seen it."""
        return now >= self.public_from


class ReleasedText(Model):
    """The long texts of one session, or of one speaker, in one released version."""

    __tablename__ = "forum_programme_released_text"

    release_id: Mapped[int] = mapped_column(ForeignKey("forum_programme_release.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    texts: Mapped[dict[str, Any]]
