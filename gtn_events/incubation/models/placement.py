"""What happens after a place is accepted: agreement, stays, milestones, hours, reports and figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload

from ..enums import (
    AgreementState,
    Light,
    MilestoneState,
    Moment,
    PartyRole,
    PlacementState,
    ReportKind,
)
from .application import Application
from .host import Intake
from .match import Offer


class Placement(Model):
    """One firm at one host, from the accepted offer to the figures two years later."""

    __tablename__ = "incubation_placement"
    __table_args__ = (Index("ix_incubation_placement_intake", "intake_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("incubation_offer.id"), unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"), index=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"))
    state: Mapped[PlacementState] = mapped_column(default=PlacementState.PREPARING)
    state_changed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    offer: Mapped[Offer] = relationship()
    application: Mapped[Application] = relationship()
    intake: Mapped[Intake] = relationship()
    stays: Mapped[list["Stay"]] = relationship(
        back_populates="placement", order_by="Stay.starts_on", cascade="all, delete-orphan"
    )
    agreements: Mapped[list["Agreement"]] = relationship(back_populates="placement", order_by="Agreement.number")
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="placement", order_by="Milestone.due_on, Milestone.id"
    )

    @property
    def scope(self) -> Scope:
        """Organisers hold roles for the call; applicant and host are asked for separately."""
        return Scope("call", self.application.call_id)

    def __str__(self) -> str:
        return self.application.reference


class Stay(Model):
    """One visit; a placement may be split in several. ``arrived_on`` and ``left_on`` are what happened."""

    __tablename__ = "incubation_stay"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="stay_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    arrived_on: Mapped[date | None]
    left_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="stays")


class Agreement(Model):
    """One version of what the parties agree on; an amendment is the next version.

    ``clauses`` is a list of ``{"heading": str, "text": str}``; ``plan`` is what
    ``incubation.domain.activity_plan`` describes. ``sha256`` is over the canonical JSON of all
    that is signed, fixed when it goes out for signature. ``reason`` says why a signed version is
    amended, ``ended_reason`` why this one was declined or taken back.
    """

    __tablename__ = "incubation_agreement"
    __table_args__ = (UniqueConstraint("placement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"))
    number: Mapped[int]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.DRAFT)
    clauses: Mapped[list[Any]]
    plan: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    placement: Mapped[Placement] = relationship(back_populates="agreements")
    parties: Mapped[list["Party"]] = relationship(
        back_populates="agreement", order_by="Party.position", cascade="all, delete-orphan"
    )


class Party(Model):
    """Who signs a version of an agreement: on the page (typed name), or on paper that is uploaded."""

    __tablename__ = "incubation_agreement_party"
    __table_args__ = (UniqueConstraint("agreement_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("incubation_agreement.id"))
    position: Mapped[int]
    role: Mapped[PartyRole]
    organisation_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    signed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    typed_name: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    account: Mapped[Account | None] = relationship()
    upload: Mapped[Upload | None] = relationship()


class Milestone(Model):
    """Something a placement is to reach by a day; done by the firm with evidence, signed off by the host."""

    __tablename__ = "incubation_milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[MilestoneState] = mapped_column(default=MilestoneState.OPEN)
    light: Mapped[Light] = mapped_column(default=Light.GREEN)
    note: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    done_at: Mapped[datetime | None]
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    placement: Mapped[Placement] = relationship(back_populates="milestones")
    upload: Mapped[Upload | None] = relationship()


class ServiceHours(Model):
    """What the host gave on one day: a session with a mentor, hours in the laboratory (in the unit of the service)."""

    __tablename__ = "incubation_service_hours"
    __table_args__ = (Index("ix_incubation_service_hours_nonce", "placement_id", "nonce", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"), index=True)
    given_on: Mapped[date]
    service: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[Decimal]
    person: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None]
    nonce: Mapped[str | None] = mapped_column(String(32))

    placement: Mapped[Placement] = relationship()


class PlacementReport(Model):
    """What one side reports, at mid-term or at the end. ``answers`` maps a question's key to its answer.

    A draft has no ``sent_at``; what was sent stays.
    """

    __tablename__ = "incubation_report"
    __table_args__ = (UniqueConstraint("placement_id", "kind", "role", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"))
    kind: Mapped[ReportKind]
    role: Mapped[PartyRole]
    period: Mapped[str] = mapped_column(String(7), default="")
    light: Mapped[Light | None]
    satisfaction: Mapped[int | None]
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    placement: Mapped[Placement] = relationship()
    account: Mapped[Account | None] = relationship()


class FigureSet(Model):
    """The figures of a firm at one moment, asked on a day.

    ``values`` maps the keys of ``incubation.figures`` to decimal text, or to None where the firm says
    that it does not know. They can be changed until they are confirmed: ``sent_at``, with who did it
    and the ``sha256`` that stands on the receipt. ``source`` says from where an organiser has them.
    ``reminders`` counts the mails that asked for them.
    """

    __tablename__ = "incubation_figures"
    __table_args__ = (
        UniqueConstraint("placement_id", "moment"),
        Index("ix_incubation_figures_due", "sent_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("incubation_placement.id"))
    moment: Mapped[Moment]
    due_on: Mapped[date]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(500), default="")
    saved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    reminders: Mapped[int] = mapped_column(default=0)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    placement: Mapped[Placement] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the call."""
        return self.placement.scope


class FigureLink(Model):
    """A link that was mailed: it opens the form of one set without signing in, until it ends.

    The mail holds the token; the row only its SHA-256.
    """

    __tablename__ = "incubation_figure_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    figure_set_id: Mapped[int] = mapped_column(ForeignKey("incubation_figures.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    figure_set: Mapped[FigureSet] = relationship()
