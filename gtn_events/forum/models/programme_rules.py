"""What a programme is held against: how grave each conflict is, when the venue is open, who and what is away."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import ConflictKind, Treatment
from .forum import Forum
from .programme import Room, Speaker


class ConflictRule(Model):
    """What one kind of conflict does at one forum; without a row, what the kind does by itself."""

    __tablename__ = "forum_conflict_rule"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    kind: Mapped[ConflictKind] = mapped_column(primary_key=True)
    treatment: Mapped[Treatment]


class OpeningHours(Model):
    """When the venue is open on one day of the forum, by its clock; a day without a row is open all day."""

    __tablename__ = "forum_opening_hours"
    __table_args__ = (CheckConstraint("closes > opens", name="closes_after_opening"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)


class TimeAway(Model):
    """A time in which a room is closed or a speaker cannot come; half-open, exactly one of the two."""

    __tablename__ = "forum_time_away"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(room_id IS NULL) <> (speaker_id IS NULL)", name="room_or_speaker"),
        Index("ix_forum_time_away_forum", "forum_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("forum_room.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("forum_speaker.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200), default="")

    forum: Mapped[Forum] = relationship()
    room: Mapped[Room | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()
