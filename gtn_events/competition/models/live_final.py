"""A round that is judged before an audience: its rule, its running order, its timer, and the ballots."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import AudiencePoints, LivePhase, RevealOrder, SlotState, VoteState
from .entry import Entry
from .result import ResultVersion
from .round import Round


class LiveFinal(Model):
    """The live final of one round.

    What stands above ``phase`` is its published rule; it stays from ``begun_at`` on. The timer has run
    ``timer_used_ms`` before ``timer_since`` and counts from there while that is set, in all ``timer_seconds`` long.
    ``badge_event`` says whose badges vote, in the words of ``core.badges``. ``ballot_key`` turns a badge into the
    name of its ballot; it is deleted at the freeze, when ``votes`` (ballots by reference) is written down. ``undo``
    is what the last step can be taken back to. ``order_commitment`` is the SHA-256 of the seed that draws the
    running order.
    """

    __tablename__ = "competition_live_final"
    __table_args__ = (
        CheckConstraint("audience_weight BETWEEN 0 AND 50", name="audience_at_most_half"),
        CheckConstraint("votes_per_badge BETWEEN 1 AND 3", name="one_to_three_votes"),
        CheckConstraint("reveal_places >= 1", name="something_to_reveal"),
        CheckConstraint("pitch_minutes >= 1 AND question_minutes >= 0", name="time_to_pitch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"), unique=True)
    pitch_minutes: Mapped[int] = mapped_column(default=5)
    question_minutes: Mapped[int] = mapped_column(default=5)
    audience_weight: Mapped[int] = mapped_column(default=0)
    audience_points: Mapped[AudiencePoints] = mapped_column(default=AudiencePoints.SHARE)
    votes_per_badge: Mapped[int] = mapped_column(default=1)
    badge_event: Mapped[str] = mapped_column(String(80), default="")
    reveal_order: Mapped[RevealOrder] = mapped_column(default=RevealOrder.LAST_FIRST)
    reveal_places: Mapped[int] = mapped_column(default=3)
    phase: Mapped[LivePhase] = mapped_column(default=LivePhase.WAITING)
    vote: Mapped[VoteState] = mapped_column(default=VoteState.OFF)
    timer_seconds: Mapped[int] = mapped_column(default=0)
    timer_used_ms: Mapped[int] = mapped_column(default=0)
    timer_since: Mapped[datetime | None]
    revealed: Mapped[int] = mapped_column(default=0)
    result_id: Mapped[int | None] = mapped_column(ForeignKey("competition_result_version.id"))
    votes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ballots: Mapped[int | None]
    ballot_key: Mapped[str] = mapped_column(String(64), default="")
    order_seed: Mapped[str] = mapped_column(String(64))
    order_commitment: Mapped[str] = mapped_column(String(64))
    order_drawn_at: Mapped[datetime | None]
    undo: Mapped[dict[str, Any]] = mapped_column(default=dict)
    begun_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    round: Mapped[Round] = relationship()
    result: Mapped[ResultVersion | None] = relationship()
    slots: Mapped[list["LiveSlot"]] = relationship(back_populates="final", order_by="LiveSlot.position, LiveSlot.id")

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return self.round.scope

    @property
    def has_audience(self) -> bool:
        """True when the audience votes, whether or not its votes count for the places."""
        return self.vote is not VoteState.OFF


class LiveSlot(Model):
    """An entry's place in the running order."""

    __tablename__ = "competition_live_slot"
    __table_args__ = (
        UniqueConstraint("final_id", "entry_id"),
        Index(
            "uq_competition_live_slot_on_stage",
            "final_id",
            unique=True,
            sqlite_where=text("state = 'on-stage'"),
            postgresql_where=text("state = 'on-stage'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    final_id: Mapped[int] = mapped_column(ForeignKey("competition_live_final.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    position: Mapped[int]
    state: Mapped[SlotState] = mapped_column(default=SlotState.WAITING)

    final: Mapped[LiveFinal] = relationship(back_populates="slots")
    entry: Mapped[Entry] = relationship()


class Ballot(Model):
    """What one badge votes for: ids of entries, in ``choices``.

    ``voter`` is an HMAC of the badge. There is no number and no moment that could be held against who was where.
    """

    __tablename__ = "competition_ballot"
    # Else SQLite would number the rows as they come.
    __table_args__ = {"sqlite_with_rowid": False}  # SQLAlchemy's own manner

    final_id: Mapped[int] = mapped_column(ForeignKey("competition_live_final.id"), primary_key=True)
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    choices: Mapped[list[Any]]
