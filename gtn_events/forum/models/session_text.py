"""What is said of a session in other languages than the one it was written in."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .programme import ForumSession


class SessionText(Model):
    """Title and abstract of one session in one more language; it goes with the session."""

    __tablename__ = "forum_session_text"

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    abstract: Mapped[str] = mapped_column(Text, default="")

    session: Mapped[ForumSession] = relationship()
