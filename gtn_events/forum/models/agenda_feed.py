"""The calendar feed of one delegate's agenda at one forum."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .registration import Registration


class AgendaFeed(Model):
    """The address that a calendar reads; only the SHA-256 of its token is kept, so it is shown once."""

    __tablename__ = "forum_agenda_feed"

    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
