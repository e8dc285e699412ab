"""The rule by which a forum says who attended."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import AttendanceKind
from .check_in import Checkpoint
from .forum import Forum


class AttendanceRule(Model):
    """Who attended one forum; without a row, everybody who was checked in at least once.

    ``percent`` of the forum's days counts for ``DAYS``; ``every`` says for ``CHECKPOINTS``
    whether all of them have to be passed, or any.
    """

    __tablename__ = "forum_attendance_rule"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 100", name="percent_of_days"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    kind: Mapped[AttendanceKind] = mapped_column(default=AttendanceKind.ONCE)
    percent: Mapped[int] = mapped_column(default=60)
    every: Mapped[bool] = mapped_column(default=True)
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    checkpoints: Mapped[list["AttendanceCheckpoint"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="AttendanceCheckpoint.checkpoint_id"
    )


class AttendanceCheckpoint(Model):
    """One checkpoint that a rule names; it goes with the checkpoint."""

    __tablename__ = "forum_attendance_checkpoint"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum_attendance_rule.forum_id"), primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(
        ForeignKey("forum_checkpoint.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    checkpoint: Mapped[Checkpoint] = relationship()
