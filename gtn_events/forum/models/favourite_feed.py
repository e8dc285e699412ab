"""The calendar feed of one person's favourites at one forum."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .forum import Forum


class FavouriteFeed(Model):
    """The address that a calendar reads; only the SHA-256 of its token is kept, so it is shown once."""

    __tablename__ = "forum_favourite_feed"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
