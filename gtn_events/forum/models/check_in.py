"""Checkpoints and who passed them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from .forum import Forum
from .registration import Registration


class Checkpoint(Model):
    """A place where delegates are checked in; a forum has its main door from the start."""

    __tablename__ = "forum_checkpoint"
    __table_args__ = (UniqueConstraint("forum_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))

    forum: Mapped[Forum] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope("forum", self.forum_id)


class CheckIn(Model):
    """The fact that a delegate passed a checkpoint. One that was undone is kept and does not count."""

    __tablename__ = "forum_check_in"
    __table_args__ = (
        Index(
            "uq_forum_check_in_live",
            "checkpoint_id",
            "registration_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_forum_check_in_recent", "checkpoint_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("forum_checkpoint.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    station: Mapped[str] = mapped_column(String(80), default="")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None]

    checkpoint: Mapped[Checkpoint] = relationship()
    registration: Mapped[Registration] = relationship()
