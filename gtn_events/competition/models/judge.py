"""Who judges: invitations, declarations, conflicts of interest and seats on panels."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.text import fold

from ..enums import AssignmentState, ConflictSource, ConflictState, JudgeState
from .competition import Competition
from .entry import Entry
from .round import Round


class Judge(Model):
    """A person invited to judge one competition; ``account_id`` is known once they have answered.

    ``number`` names the judge where names are not shown ("Judge 07"). ``topics`` are keys
    of categories, ``languages`` language tags.
    """

    __tablename__ = "competition_judge"
    __table_args__ = (
        UniqueConstraint("competition_id", "email_key"),
        UniqueConstraint("competition_id", "number"),
        CheckConstraint("max_load >= 1", name="load_not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    number: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    topics: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    expected_load: Mapped[int] = mapped_column(default=10)
    max_load: Mapped[int] = mapped_column(default=20)
    state: Mapped[JudgeState] = mapped_column(default=JudgeState.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    substitute: Mapped[str] = mapped_column(String(320), default="")
    sort_name: Mapped[str] = mapped_column(String(220), default="")
    search_text: Mapped[str] = mapped_column(String(800), default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    competition: Mapped[Competition] = relationship()
    account: Mapped[Account | None] = relationship()
    economy: Mapped[Economy | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)


@event.listens_for(Judge, "before_insert")
@event.listens_for(Judge, "before_update")
def _fold_texts(_mapper: Mapper[Judge], _connection: Connection, judge: Judge) -> None:
    judge.sort_name = fold(judge.name)[:220]
    searched = (judge.name, judge.organisation_name, judge.email)
    judge.search_text = fold(" ".join(part or "" for part in searched))[:800]


class JudgeDeclaration(Model):
    """What a judge signed for one round: confidentiality, and that every conflict is named."""

    __tablename__ = "competition_judge_declaration"
    __table_args__ = (UniqueConstraint("judge_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("competition_judge.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    typed_name: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime]

    judge: Mapped[Judge] = relationship()
    round: Mapped[Round] = relationship()


class Conflict(Model):
    """A judge must not see an entry, from one source, unless somebody dismissed it with a reason."""

    __tablename__ = "competition_conflict"
    __table_args__ = (
        UniqueConstraint("judge_id", "entry_id", "source"),
        Index("ix_competition_conflict_entry", "entry_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("competition_judge.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"))
    source: Mapped[ConflictSource]
    state: Mapped[ConflictState] = mapped_column(default=ConflictState.PROPOSED)
    detail: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]

    judge: Mapped[Judge] = relationship()
    entry: Mapped[Entry] = relationship()


_SEAT = "state NOT IN ('recused', 'removed')"


class Assignment(Model):
    """A judge's seat on the panel of one entry in one round; given up seats are kept.

    ``scores_until`` lets this seat alone be scored after its round has closed: a further judge, after an appeal.
    """

    __tablename__ = "competition_assignment"
    __table_args__ = (
        Index(
            "uq_competition_assignment_seat",
            "round_id",
            "entry_id",
            "judge_id",
            unique=True,
            sqlite_where=text(_SEAT),
            postgresql_where=text(_SEAT),
        ),
        Index("ix_competition_assignment_judge", "judge_id", "round_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("competition_round.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("competition_judge.id"))
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.PLANNED)
    anchor: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    scores_until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship()
    entry: Mapped[Entry] = relationship()
    judge: Mapped[Judge] = relationship()
