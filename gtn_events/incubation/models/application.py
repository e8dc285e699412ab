"""What an SME sends: an application with its wishes, its drafts and every version that was sent."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import AnswerSet

from ..enums import ApplicationState
from .call import Call
from .host import Intake

_LIVE = "state IN ('submitted', 'admitted')"


class Application(Model):
    """One application of one firm; an account has one live application in a call.

    Organisation and economy are copied here, so that past calls do not change with a profile.
    ``needs`` are codes of ``incubation.services``, ``traits`` what places can be reserved for
    (``Trait``), ``people`` a list of ``{"name": str, "role": str}``. ``seen_by_others`` lets hosts
    that were not named see it. ``lottery_key`` is what the lottery draws by and what a published
    match calls the applicant; it stands on the receipt and tells nobody else who that is.
    ``from_entry`` is the reference of the competition's entry it grew from.
    """

    __tablename__ = "incubation_application"
    __table_args__ = (
        Index("ix_incubation_application_list", "call_id", "state", "sort_title", "id"),
        Index("ix_incubation_application_economy", "call_id", "economy_code", "state"),
        Index(
            "uq_incubation_application_live",
            "call_id",
            "account_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        CheckConstraint("weeks >= 1", name="weeks_not_empty"),
        CheckConstraint("trl BETWEEN 1 AND 9", name="trl_in_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("incubation_call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.SUBMITTED)
    lottery_key: Mapped[str] = mapped_column(String(12), unique=True, default=lambda: secrets.token_hex(6))

    organisation_name: Mapped[str] = mapped_column(String(200))
    organisation_size: Mapped[str] = mapped_column(String(20), default="")
    founded_in: Mapped[int | None]
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    website: Mapped[str] = mapped_column(String(300), default="")
    sector: Mapped[str] = mapped_column(String(40))
    traits: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)

    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(500), default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    results_expected: Mapped[str] = mapped_column(Text, default="")
    trl: Mapped[int]
    trl_reason: Mapped[str] = mapped_column(String(500), default="")
    needs: Mapped[list[str]] = mapped_column(default=list)
    preferred_from: Mapped[date]
    weeks: Mapped[int]
    split_stays: Mapped[bool] = mapped_column(default=False)
    people: Mapped[list[Any]] = mapped_column(default=list)
    home_name: Mapped[str] = mapped_column(String(200), default="")
    home_email: Mapped[str] = mapped_column(String(320), default="")
    seen_by_others: Mapped[bool] = mapped_column(default=False)
    from_entry: Mapped[str | None] = mapped_column(String(24))

    answer_set_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_answer_set.id"))
    submitted_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    state_reason: Mapped[str | None] = mapped_column(Text)
    eligibility_override: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sort_title: Mapped[str] = mapped_column(String(220), default="")
    search_text: Mapped[str] = mapped_column(String(1200), default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    call: Mapped[Call] = relationship()
    account: Mapped[Account] = relationship()
    economy: Mapped[Economy] = relationship()
    answer_set: Mapped[AnswerSet] = relationship()
    wishes: Mapped[list["Wish"]] = relationship(
        back_populates="application", order_by="Wish.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list["ApplicationVersion"]] = relationship(
        back_populates="application", order_by="ApplicationVersion.number"
    )

    @property
    def scope(self) -> Scope:
        """Roles are held for the call."""
        return Scope("call", self.call_id)

    def __str__(self) -> str:
        return self.reference


@event.listens_for(Application, "before_insert")
@event.listens_for(Application, "before_update")
def _fold_texts(_mapper: Mapper[Application], _connection: Connection, application: Application) -> None:
    application.sort_title = fold(application.title)[:220]
    searched = (application.title, application.organisation_name, application.summary, application.reference)
    application.search_text = fold(" ".join(part or "" for part in searched))[:1200]


class Wish(Model):
    """A host that an applicant would go to; the most wished has position 1."""

    __tablename__ = "incubation_wish"
    __table_args__ = (UniqueConstraint("application_id", "intake_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"))
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"), index=True)
    position: Mapped[int]

    application: Mapped[Application] = relationship(back_populates="wishes")
    intake: Mapped[Intake] = relationship()


class ApplicationVersion(Model):
    """What was sent at one moment: everything in ``content``, and its SHA-256, which stands on the receipt.

    ``content`` is JSON with sorted keys: particulars, wishes by the slug of the host, answers by
    key (files by name, size and SHA-256). Never changed.
    """

    __tablename__ = "incubation_application_version"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"))
    number: Mapped[int]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int]
    declared_by: Mapped[str] = mapped_column(String(200), default="")
    declaration: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))

    application: Mapped[Application] = relationship(back_populates="versions")


class ApplicationDraft(Model):
    """What a person has typed so far; one draft for an account and call.

    ``data`` maps a step's name to the typed values of that step (JSON). A draft that changes
    an application names it, and the number of the version that it began from.
    """

    __tablename__ = "incubation_application_draft"
    __table_args__ = (UniqueConstraint("call_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("incubation_call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("incubation_application.id"), unique=True)
    from_version: Mapped[int | None]
    from_entry: Mapped[str | None] = mapped_column(String(24))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    call: Mapped[Call] = relationship()
    account: Mapped[Account] = relationship()
    application: Mapped[Application | None] = relationship()
