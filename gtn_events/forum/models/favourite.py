"""The sessions that a person marked for themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .forum import Forum


class Favourite(Model):
    """One session that one person wants to see.

    By its code and not its row: people mark what a released version shows, also while the
    working programme has it no more.
    """

    __tablename__ = "forum_favourite"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    marked_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
