"""Invitation and visa letters of one forum: their numbers, who asked, and what was issued."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.designs.models import DocumentDesign

from ..enums import LetterKind
from .forum import Forum
from .registration import Registration


class LetterSettings(Model):
    """The next number of the series of a forum's letters, which has no gaps."""

    __tablename__ = "forum_letter_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)


class LetterRequest(Model):
    """A delegate asks for a visa letter; passport and journey are sealed beside it, under ``passport``."""

    __tablename__ = "forum_letter_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), unique=True)
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()


class Letter(Model):
    """One numbered letter; what it says is sealed beside it, under ``facts``.

    It ends when another takes its place (``replaced_by``) or when it is revoked; a person has
    at most one live letter of a kind. Numbers stay spent.
    """

    __tablename__ = "forum_letter"
    __table_args__ = (
        UniqueConstraint("forum_id", "number"),
        Index(
            "uq_forum_letter_live",
            "registration_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    kind: Mapped[LetterKind]
    design_id: Mapped[int | None] = mapped_column(ForeignKey("designs_design.id"))
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(String(30))
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("forum_letter.id"))
    revoked_by_id: Mapped[int | None]
    revoke_reason: Mapped[str] = mapped_column(Text, default="")

    forum: Mapped[Forum] = relationship()
    registration: Mapped[Registration] = relationship()
    design: Mapped[DocumentDesign | None] = relationship()
    replaced_by: Mapped["Letter | None"] = relationship(remote_side="Letter.id")

    @property
    def state(self) -> str:
        """``valid``, ``replaced`` or ``revoked``."""
        if self.ended_at is None:
            return "valid"
        return "replaced" if self.replaced_by_id is not None else "revoked"

    @property
    def ending(self) -> str:
        """Why it is not valid any more, ``replaced`` or ``revoked``; empty while it is."""
        return "" if self.state == "valid" else self.state
