"""What is judged: an entry, its team, its drafts and every version that was sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import AnswerSet

from ..enums import Endorsement, EntryState
from .competition import Competition, CompetitionCategory, DeclarationText


class Entry(Model):
    """One entry of one firm, brought by the account that sent it (the entrant).

    Title, organisation and economy are copied here: results of a past edition do not
    change with a profile. ``reference`` is random and not countable. ``extended_until``
    moves the close for this entry alone. ``eligibility_override`` holds rule keys that an
    organiser has let pass, ``{"rule": {"reason": str, "by": account id, "at": ISO}}``.
    ``preference`` is the place of an endorsed, live entry in the order of its economy.
    """

    __tablename__ = "competition_entry"
    __table_args__ = (
        Index("ix_competition_entry_list", "competition_id", "state", "sort_title", "id"),
        Index("ix_competition_entry_economy", "competition_id", "economy_code", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[EntryState] = mapped_column(default=EntryState.SUBMITTED)

    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(500), default="")
    organisation_name: Mapped[str] = mapped_column(String(200))
    organisation_size: Mapped[str] = mapped_column(String(20), default="")
    founded_in: Mapped[int | None]
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    website: Mapped[str] = mapped_column(String(300), default="")
    video_url: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    sort_title: Mapped[str] = mapped_column(String(220), default="")
    search_text: Mapped[str] = mapped_column(String(1200), default="")

    answer_set_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_answer_set.id"))
    submitted_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    state_reason: Mapped[str | None] = mapped_column(Text)
    endorsement: Mapped[Endorsement] = mapped_column(default=Endorsement.WAITING)
    endorsement_at: Mapped[datetime | None]
    endorsement_by_id: Mapped[int | None]
    endorsement_reason: Mapped[str | None] = mapped_column(Text)
    preference: Mapped[int | None]
    extended_until: Mapped[datetime | None]
    eligibility_override: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    competition: Mapped[Competition] = relationship()
    account: Mapped[Account] = relationship()
    economy: Mapped[Economy] = relationship()
    answer_set: Mapped[AnswerSet] = relationship()
    members: Mapped[list["EntryMember"]] = relationship(
        back_populates="entry", order_by="EntryMember.position", cascade="all, delete-orphan"
    )
    entry_categories: Mapped[list["EntryCategory"]] = relationship(back_populates="entry", cascade="all, delete-orphan")
    versions: Mapped[list["EntryVersion"]] = relationship(back_populates="entry", order_by="EntryVersion.number")

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)

    @property
    def newest_version(self) -> int:
        """The number of the version that stands; 0 while nothing was sent."""
        return self.versions[-1].number if self.versions else 0

    def __str__(self) -> str:
        return self.reference


@event.listens_for(Entry, "before_insert")
@event.listens_for(Entry, "before_update")
def _fold_texts(_mapper: Mapper[Entry], _connection: Connection, entry: Entry) -> None:
    entry.sort_title = fold(entry.title)[:220]
    searched = (entry.title, entry.organisation_name, entry.summary, entry.reference)
    entry.search_text = fold(" ".join(part or "" for part in searched))[:1200]


class EntryCategory(Model):
    """An entry stands in a category."""

    __tablename__ = "competition_entry_category"
    __table_args__ = (UniqueConstraint("entry_id", "category_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("competition_category.id"), index=True)

    entry: Mapped[Entry] = relationship(back_populates="entry_categories")
    category: Mapped[CompetitionCategory] = relationship()


class EntryMember(Model):
    """Somebody of the team, or a partner from another economy."""

    __tablename__ = "competition_entry_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(150), default="")
    gender: Mapped[str] = mapped_column(String(20), default="not-said")
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(320), default="")

    entry: Mapped[Entry] = relationship(back_populates="members")
    economy: Mapped[Economy | None] = relationship()


class EntryVersion(Model):
    """What was sent at one moment: everything in ``content``, and its SHA-256, which stands on the receipt.

    ``content`` is JSON with sorted keys: particulars, categories, team, answers by key
    (files by name, size and SHA-256). Never changed.
    """

    __tablename__ = "competition_entry_version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("competition_entry.id"))
    number: Mapped[int]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int]
    declaration_text_id: Mapped[int | None] = mapped_column(ForeignKey("competition_declaration_text.id"))
    declared_by: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))

    entry: Mapped[Entry] = relationship(back_populates="versions")
    declaration_text: Mapped[DeclarationText | None] = relationship()


class EntryDraft(Model):
    """What a person has typed so far; an account may have several drafts for one competition.

    ``data`` maps a step's name to the typed values of that step (JSON). A draft that changes
    an entry names it, and the number of the version that it began from.
    """

    __tablename__ = "competition_entry_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("competition_entry.id"), unique=True)
    from_version: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    competition: Mapped[Competition] = relationship()
    account: Mapped[Account] = relationship()
    entry: Mapped[Entry | None] = relationship()
