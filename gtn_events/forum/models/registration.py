"""A person's claim to a seat at one forum, and its draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import ONLY_ON, Model
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import AnswerSet

from ..enums import ACTIVE_STATES, ApprovalStage, DelegationFunction, Funding, RegistrationState
from .allotment import Allotment
from .forum import ConsentText, Forum, ForumCategory

_ACTIVE = "state IN ({})".format(", ".join(f"'{state.value}'" for state in sorted(ACTIVE_STATES)))


class Registration(Model):
    """One person's claim to a seat at one forum.

    An account holds at most one active registration per forum (a partial unique
    index). What stands on badge and list (names, economy, organisation) is copied here
    at submission and edited here: the list of a past forum does not change with a profile.
    ``reference`` is the number on the ticket and in its QR code, random, not countable.
    While it is pending, ``stage`` says whose word it waits for and ``answer_due_at`` until when
    its economy has time. While it is seated, ``allotment`` is where its seat is from, None for
    the common places. ``delegation_rank`` orders a delegation after its functions.
    ``sort_name`` and ``search_text`` are folded (no case, no accents) and follow the
    other columns by themselves: family and given name, and everything a search looks at.
    """

    __tablename__ = "forum_registration"
    __table_args__ = (
        Index(
            "uq_forum_registration_active",
            "forum_id",
            "account_id",
            unique=True,
            sqlite_where=text(_ACTIVE),
            postgresql_where=text(_ACTIVE),
        ),
        Index("ix_forum_registration_list", "forum_id", "sort_name", "id"),
        Index("ix_forum_registration_state", "forum_id", "state", "sort_name", "id"),
        Index("ix_forum_registration_economy", "forum_id", "economy_code", "state", "sort_name", "id"),
        Index("ix_forum_registration_asked", "forum_id", "submitted_at", "id"),
        Index("ix_forum_registration_waiting", "category_id", "state", "priority", "waitlisted_at", "id"),
        Index("ix_forum_registration_offers", "state", "offer_ends_at"),
        # A search for parts of words reads it instead of the wide rows; PostgreSQL would not, see migration 0003.
        Index("ix_forum_registration_search", "forum_id", "state", "search_text", info={ONLY_ON: "sqlite"}).ddl_if(
            dialect="sqlite"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("forum_category.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[RegistrationState] = mapped_column(default=RegistrationState.PENDING)

    honorific: Mapped[str] = mapped_column(String(30), default="")
    given_name: Mapped[str] = mapped_column(String(100), default="")
    family_name: Mapped[str] = mapped_column(String(100))
    own_script_name: Mapped[str] = mapped_column(String(150), default="")
    own_script_language: Mapped[str] = mapped_column(String(20), default="")
    sort_name: Mapped[str] = mapped_column(String(220))
    search_text: Mapped[str] = mapped_column(String(1200), default="")
    gender: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(320))
    delegation_class: Mapped[DelegationClass] = mapped_column(default=DelegationClass.ECONOMY)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    organisation_kind: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[str] = mapped_column(String(150), default="")
    photo_upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))

    answer_set_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_answer_set.id"))
    consent_text_id: Mapped[int | None] = mapped_column(ForeignKey("forum_consent_text.id"))
    consented_at: Mapped[datetime | None]
    listed_publicly: Mapped[bool] = mapped_column(default=False)

    priority: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    waitlisted_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]
    state_reason: Mapped[str | None] = mapped_column(Text)
    came_from_waiting_list: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[ApprovalStage] = mapped_column(default=ApprovalStage.HOST)
    answer_due_at: Mapped[datetime | None]
    economy_answered_at: Mapped[datetime | None]
    economy_answered_by_id: Mapped[int | None]
    economy_reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_by_economy: Mapped[bool] = mapped_column(default=False)
    allotment_id: Mapped[int | None] = mapped_column(ForeignKey("forum_allotment.id"), index=True)
    delegation_function: Mapped[DelegationFunction] = mapped_column(default=DelegationFunction.DELEGATE)
    delegation_rank: Mapped[int | None]
    funding: Mapped[Funding] = mapped_column(default=Funding.OWN)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()
    allotment: Mapped[Allotment | None] = relationship()
    category: Mapped[ForumCategory] = relationship()
    account: Mapped[Account] = relationship()
    economy: Mapped[Economy | None] = relationship()
    answer_set: Mapped[AnswerSet] = relationship()
    consent_text: Mapped[ConsentText | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the forum."""
        return Scope("forum", self.forum_id)

    @property
    def holder(self) -> str:
        """Whose allotment it may take a seat of: the economy's code, or the word of the delegation class."""
        return self.economy_code or self.delegation_class.value

    @property
    def refused_by_economy(self) -> bool:
        """Say whether it was the economy, not the host, that said no."""
        asked = self.stage is ApprovalStage.ECONOMY and self.economy_answered_at is not None
        return self.state is RegistrationState.REJECTED and asked

    @property
    def pools(self) -> list[SeatPool]:
        """Every pool that counts the seat of this registration, while it is seated."""
        kept = self.allotment.pool if self.allotment else self.category.common_pool
        return [*self.category.pools, kept] if kept else self.category.pools

    @property
    def delegate_name(self) -> str:
        """Given name and FAMILY NAME."""
        return f"{self.given_name} {self.family_name.upper()}".strip()

    @property
    def representation(self) -> str:
        """The economy, or the delegation class of those without one."""
        return self.economy.short_name if self.economy else self.delegation_class.label


@event.listens_for(Registration, "before_insert")
@event.listens_for(Registration, "before_update")
def _fold_names(_mapper: Mapper[Registration], _connection: Connection, registration: Registration) -> None:
    names = (registration.family_name, registration.given_name)
    searched = (
        *names,
        registration.own_script_name,
        registration.organisation_name,
        registration.email,
        registration.reference,
    )
    registration.sort_name = fold(" ".join(name or "" for name in names))[:220]
    registration.search_text = fold(" ".join(part or "" for part in searched))[:1200]


class RegistrationDraft(Model):
    """What a person has typed so far; never counted, never shown to anybody else.

    ``data`` maps a step name to the typed values of that step (JSON).
    """

    __tablename__ = "forum_registration_draft"
    __table_args__ = (UniqueConstraint("forum_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()
    account: Mapped[Account] = relationship()
