"""The programme: rooms, tracks, sessions, their slots and their speakers."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy

from ..enums import SessionKind, SessionLevel, SpeakerRole
from .forum import Forum


class Room(Model):
    """A room of one forum, in the order of ``position``."""

    __tablename__ = "forum_room"
    __table_args__ = (UniqueConstraint("forum_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    notes: Mapped[str] = mapped_column(String(200), default="")
    equipment: Mapped[str] = mapped_column(String(300), default="")
    seats: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)

    forum: Mapped[Forum] = relationship()


class Track(Model):
    """A theme that sessions belong to. ``colour`` is one of the palette's numbers, 1 to 8."""

    __tablename__ = "forum_track"
    __table_args__ = (UniqueConstraint("forum_id", "name"), UniqueConstraint("forum_id", "slug"))

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(120))
    colour: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)

    forum: Mapped[Forum] = relationship()


class ForumSession(Model):
    """One session. ``guid`` is stable for ever; ``code`` is short and stands in its address.

    ``source`` and ``source_id`` say where an import found it. ``links`` is a list of
    ``{"url": str, "label": str}``. ``expected`` is how many people are to come, where somebody said so.
    ``wished_minutes`` is how long it is to last once it has a time; the slot says how long it does.
    ``interpretation`` is a list of the codes of languages, ``language`` the code of what is spoken.
    """

    __tablename__ = "forum_session"
    __table_args__ = (UniqueConstraint("forum_id", "code"), UniqueConstraint("forum_id", "guid"))

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    guid: Mapped[str] = mapped_column(String(36))
    code: Mapped[str] = mapped_column(String(20))
    source: Mapped[str | None] = mapped_column(String(40))
    source_id: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[SessionKind] = mapped_column(default=SessionKind.SESSION)
    type_label: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(400))
    subtitle: Mapped[str] = mapped_column(String(400), default="")
    abstract: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[SessionLevel | None]
    interpretation: Mapped[list[Any]] = mapped_column(default=list)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("forum_track.id"), index=True)
    expected: Mapped[int | None]
    wished_minutes: Mapped[int | None]
    links: Mapped[list[Any]] = mapped_column(default=list)

    forum: Mapped[Forum] = relationship()
    track: Mapped[Track | None] = relationship()
    slot: Mapped["Slot | None"] = relationship(back_populates="session", cascade="all, delete-orphan")
    speaker_links: Mapped[list["SessionSpeaker"]] = relationship(
        back_populates="session", order_by="SessionSpeaker.position", cascade="all, delete-orphan"
    )


class Slot(Model):
    """When and where a session takes place; ``guid`` stays the same when it moves."""

    __tablename__ = "forum_slot"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="within_a_day"),
        Index("ix_forum_slot_day", "forum_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), unique=True)
    guid: Mapped[str] = mapped_column(String(36), unique=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("forum_room.id"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]

    session: Mapped[ForumSession] = relationship(back_populates="slot")
    room: Mapped[Room | None] = relationship()

    @property
    def ends_at(self) -> datetime:
        """The first moment after the slot (half-open)."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Speaker(Model):
    """A person in the programme, with or without an account."""

    __tablename__ = "forum_speaker"
    __table_args__ = (UniqueConstraint("forum_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str | None] = mapped_column(String(80))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(100), default="")
    own_script_name: Mapped[str] = mapped_column(String(150), default="")
    own_script_language: Mapped[str] = mapped_column(String(20), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    biography: Mapped[str] = mapped_column(Text, default="")
    sort_name: Mapped[str] = mapped_column(String(220), index=True)

    forum: Mapped[Forum] = relationship()
    account: Mapped[Account | None] = relationship()
    economy: Mapped[Economy | None] = relationship()
    session_links: Mapped[list["SessionSpeaker"]] = relationship(back_populates="speaker", cascade="all, delete-orphan")


class SessionSpeaker(Model):
    """What one speaker does in one session."""

    __tablename__ = "forum_session_speaker"
    __table_args__ = (UniqueConstraint("session_id", "speaker_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), index=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("forum_speaker.id"), index=True)
    role: Mapped[SpeakerRole] = mapped_column(default=SpeakerRole.SPEAKER)
    position: Mapped[int] = mapped_column(default=0)

    session: Mapped[ForumSession] = relationship(back_populates="speaker_links")
    speaker: Mapped[Speaker] = relationship(back_populates="session_links")
