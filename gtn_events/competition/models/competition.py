"""One edition of the competition, its categories and what entrants declare."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import Questionnaire

from ..enums import CompetitionState, EntryPath, LatePolicy

if TYPE_CHECKING:
    from .round import Round


class Competition(Model):
    """One edition of the competition.

    ``eligibility`` is a list of rules that the machine checks, see
    ``eligibility.domain.rules``. ``economy_limit`` is how many live entries one
    economy may have (or have endorsed, where it endorses), ``host_limit`` the same for the host;
    None is no limit. ``endorsement_closes_at`` is None for the usual time after the close.
    ``appeal_days`` is how many days after a decision its entrant may appeal; None is not at all.
    """

    __tablename__ = "competition"
    __table_args__ = (
        CheckConstraint("entries_close_at > entries_open_at", name="window_in_order"),
        CheckConstraint("grace_minutes >= 0", name="grace_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(60), default="")
    tagline: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    rules: Mapped[str] = mapped_column(Text, default="")
    prizes: Mapped[str] = mapped_column(Text, default="")
    host_economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    city: Mapped[str] = mapped_column(String(80))
    time_zone: Mapped[str] = mapped_column(String(60))
    entries_open_at: Mapped[datetime]
    entries_close_at: Mapped[datetime]
    grace_minutes: Mapped[int] = mapped_column(default=0)
    late_policy: Mapped[LatePolicy] = mapped_column(default=LatePolicy.NONE)
    entry_path: Mapped[EntryPath] = mapped_column(default=EntryPath.OPEN)
    economy_limit: Mapped[int | None]
    host_limit: Mapped[int | None]
    endorsement_closes_at: Mapped[datetime | None]
    eligibility: Mapped[list[Any]] = mapped_column(default=list)
    several_categories: Mapped[bool] = mapped_column(default=False)
    appeal_days: Mapped[int | None]
    results_embargo_until: Mapped[datetime | None]
    results_published_at: Mapped[datetime | None]
    state: Mapped[CompetitionState] = mapped_column(default=CompetitionState.DRAFT)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    privacy_notice: Mapped[str] = mapped_column(Text, default="")
    reference_prefix: Mapped[str] = mapped_column(String(8))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("competition.id"))
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    host_economy: Mapped[Economy] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    categories: Mapped[list["CompetitionCategory"]] = relationship(
        back_populates="competition", order_by="CompetitionCategory.position"
    )
    declaration_texts: Mapped[list["DeclarationText"]] = relationship(
        back_populates="competition", order_by="DeclarationText.number"
    )
    rounds: Mapped[list["Round"]] = relationship(back_populates="competition", order_by="Round.number")

    @property
    def scope(self) -> Scope:
        """What roles for this competition are given for."""
        return Scope("competition", self.id)

    @property
    def zone(self) -> tzinfo:
        """The host's time zone."""
        return ZoneInfo(self.time_zone)

    def __str__(self) -> str:
        return self.slug


class CompetitionCategory(Model):
    """A field in which entries compete (clean energy, circular production)."""

    __tablename__ = "competition_category"
    __table_args__ = (UniqueConstraint("competition_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=1)

    competition: Mapped[Competition] = relationship(back_populates="categories")


class DeclarationText(Model):
    """One version of what entrants declare; an entry version keeps which one, who and when."""

    __tablename__ = "competition_declaration_text"
    __table_args__ = (UniqueConstraint("competition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    competition: Mapped[Competition] = relationship(back_populates="declaration_texts")
