"""What organisers did to the schedule, so that it can be undone; and which warnings they accepted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model

from ..enums import ActState, ConflictKind, ScheduleAct
from ..schedule_place import Place, token_of
from .forum import Forum
from .programme import ForumSession, Room


class ProgrammeAct(Model):
    """One act on the place of one session: where it was, where it is since; without a start it was nowhere.

    ``slot_guid`` brings a session back under the UUID that calendars know. With the session, or
    a room of either place, the act goes too: nothing could be put back.
    """

    __tablename__ = "forum_programme_act"
    __table_args__ = (
        CheckConstraint("(before_starts_at IS NULL) = (before_minutes IS NULL)", name="before_is_whole"),
        CheckConstraint("(after_starts_at IS NULL) = (after_minutes IS NULL)", name="after_is_whole"),
        CheckConstraint("before_starts_at IS NOT NULL OR after_starts_at IS NOT NULL", name="somewhere"),
        Index("ix_forum_programme_act_forum", "forum_id", "id"),
        Index("ix_forum_programme_act_session", "session_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id", ondelete="CASCADE"))
    kind: Mapped[ScheduleAct]
    state: Mapped[ActState] = mapped_column(default=ActState.DONE)
    slot_guid: Mapped[str] = mapped_column(String(36))
    before_starts_at: Mapped[datetime | None]
    before_minutes: Mapped[int | None]
    before_room_id: Mapped[int | None] = mapped_column(ForeignKey("forum_room.id", ondelete="CASCADE"), index=True)
    after_starts_at: Mapped[datetime | None]
    after_minutes: Mapped[int | None]
    after_room_id: Mapped[int | None] = mapped_column(ForeignKey("forum_room.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    at: Mapped[datetime]
    state_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
    session: Mapped[ForumSession] = relationship()
    actor: Mapped[Account] = relationship()
    before_room: Mapped[Room | None] = relationship(foreign_keys=[before_room_id])
    after_room: Mapped[Room | None] = relationship(foreign_keys=[after_room_id])

    @property
    def before(self) -> Place | None:
        """Where the session was."""
        return _place(self.before_starts_at, self.before_minutes, self.before_room_id)

    @property
    def after(self) -> Place | None:
        """Where the act put it."""
        return _place(self.after_starts_at, self.after_minutes, self.after_room_id)

    @property
    def token(self) -> str:
        """What a form carries whose reader saw the session where the act put it."""
        return token_of(self.after)


class AcceptedWarning(Model):
    """A warning that somebody looked at and accepted, while what it says stays as it was.

    ``facts`` is the whole of what it says: a session that moves or grows is warned of again.
    """

    __tablename__ = "forum_accepted_warning"
    __table_args__ = (UniqueConstraint("forum_id", "facts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ConflictKind]
    facts: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(300))
    accepted_at: Mapped[datetime]
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"))

    forum: Mapped[Forum] = relationship()
    accepted_by: Mapped[Account] = relationship()


def _place(starts_at: datetime | None, minutes: int | None, room_id: int | None) -> Place | None:
    return Place(starts_at, minutes, room_id) if starts_at is not None and minutes is not None else None
