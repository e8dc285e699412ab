"""An entrant's appeal against a decision, and what was corrected in published results."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload

from ..enums import AppealGround, AppealState
from .competition import Competition
from .entry import Entry
from .round import Round

_LIVE = "state <> 'withdrawn'"


class Appeal(Model):
    """One appeal of an entrant against one decision about their entry, from its draft on.

    ``round_id`` is the round whose outcome is appealed, None when the entry was found not eligible; ``subject``
    says the same as a word (``round-2``, ``eligibility``), so that the database allows one of a kind. ``deadline``
    is the one that it kept when it was sent. ``version_before`` is the number of the ranking that stood when it was
    decided, and ``carried_out`` what was done afterwards, in words that the entrant reads.
    """

    __tablename__ = "competition_appeal"
    __table_args__ = (
        Index(
            "uq_competition_appeal_live",
            "entry_id",
            "subject",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index("ix_competition_appeal_list", "competition_id", "state", "sent_at"),
        CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND sent_at <= deadline AND ground IS NOT NULL)",
            name="sent_in_time",
        ),
        CheckConstraint(
            "state NOT IN ('upheld', 'partly-upheld', 'not-upheld') OR (decided_at IS NOT NULL AND decision <> '')",
            name="decided_with_reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("competition_round.id"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    state: Mapped[AppealState] = mapped_column(default=AppealState.DRAFT)
    ground: Mapped[AppealGround | None]
    text: Mapped[str] = mapped_column(Text, default="")
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    state_changed_at: Mapped[datetime]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    version_before: Mapped[int | None]
    carried_out_at: Mapped[datetime | None]
    carried_out: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    competition: Mapped[Competition] = relationship()
    entry: Mapped[Entry] = relationship()
    round: Mapped[Round | None] = relationship()
    upload: Mapped[Upload | None] = relationship()
    decider: Mapped[Account | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)


class Amendment(Model):
    """One correction of published results: when, why, and after which appeal; everybody reads the reason."""

    __tablename__ = "competition_amendment"
    __table_args__ = (UniqueConstraint("competition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    number: Mapped[int]
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("competition_appeal.id"), index=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)

    competition: Mapped[Competition] = relationship()
