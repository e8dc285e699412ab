"""Checkpoints, who passed them, and every scan that the doors sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import CheckpointKind, CheckpointRule, Direction, Outcome
from .forum import Forum
from .registration import Registration
from .side_event import SideEvent

_LIVE = "undone_at IS NULL"
_TURNS = "(direction = 'in' AND pass_number % 2 = 1) OR (direction = 'out' AND pass_number % 2 = 0)"


class Checkpoint(Model):
    """A place where delegates are checked in; a forum has its main door from the start.

    Only those with a place at ``side_event`` pass, and only those of ``category_keys``, where these are
    given. ``counts`` says that whoever came in here attended the forum.
    """

    __tablename__ = "forum_checkpoint"
    __table_args__ = (UniqueConstraint("forum_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    kind: Mapped[CheckpointKind] = mapped_column(default=CheckpointKind.MAIN_DOOR)
    rule: Mapped[CheckpointRule] = mapped_column(default=CheckpointRule.ONCE)
    side_event_id: Mapped[int | None] = mapped_column(ForeignKey("forum_side_event.id"))
    category_keys: Mapped[list[str]] = mapped_column(default=list)
    counts: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=1)
    closed_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    side_event: Mapped[SideEvent | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope("forum", self.forum_id)


class CheckIn(Model):
    """The fact that a delegate passed a checkpoint. One that was undone is kept and does not count.

    ``slot_key`` is what the checkpoint's rule counts by: the venue's date where it is once a day, empty
    otherwise. Within it passes are numbered; odd ones lead in and even ones out, so that nobody goes in twice.
    """

    __tablename__ = "forum_check_in"
    __table_args__ = (
        Index(
            "uq_forum_check_in_live",
            "checkpoint_id",
            "registration_id",
            "slot_key",
            "pass_number",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index("ix_forum_check_in_recent", "checkpoint_id", "at"),
        CheckConstraint(_TURNS, name="in_and_out_by_turns"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("forum_checkpoint.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    slot_key: Mapped[str] = mapped_column(String(10), default="")
    pass_number: Mapped[int] = mapped_column(default=1)
    direction: Mapped[Direction] = mapped_column(default=Direction.IN)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    station: Mapped[str] = mapped_column(String(80), default="")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None]

    checkpoint: Mapped[Checkpoint] = relationship()
    registration: Mapped[Registration] = relationship()


class DoorScan(Model):
    """One scan at a checkpoint, whatever came of it; a device sends each once, named by its nonce.

    ``shown`` is what the device told its staff, ``outcome`` what the rule says with everything known: they
    differ when two devices without a connection let the same person in. ``check_in`` is the pass that
    counts, of this scan or of the one before it. ``clock_was_off`` marks a moment that could not be
    believed; ``at`` is then the moment of its arrival.
    """

    __tablename__ = "forum_door_scan"
    __table_args__ = (
        Index("ix_forum_door_scan_recent", "checkpoint_id", "at"),
        Index("ix_forum_door_scan_differing", "checkpoint_id", "shown", "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(36), unique=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("forum_checkpoint.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("forum_registration.id"), index=True)
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("forum_check_in.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), default="")
    direction: Mapped[Direction] = mapped_column(default=Direction.IN)
    shown: Mapped[Outcome]
    outcome: Mapped[Outcome]
    device: Mapped[str] = mapped_column(String(36), default="")
    station: Mapped[str] = mapped_column(String(80), default="")
    by_id: Mapped[int | None]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    clock_was_off: Mapped[bool] = mapped_column(default=False)

    checkpoint: Mapped[Checkpoint] = relationship()
    registration: Mapped[Registration | None] = relationship()
    check_in: Mapped[CheckIn | None] = relationship()
