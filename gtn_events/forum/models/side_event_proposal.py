"""A side event that somebody proposes for a forum, who hosts it with them, and when proposals are taken."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope

from ..enums import ProposalFormat, ProposalState, WishedSlot
from .forum import Forum
from .side_event import SideEvent


class ProposalWindow(Model):
    """Whether and when one forum takes proposals; a forum without a row takes none."""

    __tablename__ = "forum_proposal_window"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="in_order"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    takes: Mapped[bool] = mapped_column(default=True)
    words: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Say whether a proposal can be sent at this moment."""
        return self.takes and self.opens_at <= now < self.closes_at


class SideEventProposal(Model):
    """One proposal; ``wishes`` is a list of ``{"day": ISO date, "slot": str}``, most wanted first.

    Its person alone sees a draft. Once agreed it points at the side event that was made of it.
    """

    __tablename__ = "forum_proposal"
    __table_args__ = (
        Index("ix_forum_proposal_list", "forum_id", "state", "id"),
        Index("ix_forum_proposal_nonce", "account_id", "nonce", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    side_event_id: Mapped[int | None] = mapped_column(ForeignKey("forum_side_event.id"), unique=True)
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.DRAFT)
    state_changed_at: Mapped[datetime]
    state_reason: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200), default="")
    topic: Mapped[str] = mapped_column(String(200), default="")
    lead_economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    lead_name: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    format: Mapped[ProposalFormat] = mapped_column(default=ProposalFormat.IN_PERSON)
    languages: Mapped[str] = mapped_column(String(200), default="")
    interpretation: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[str] = mapped_column(Text, default="")
    expected_number: Mapped[int | None]
    room_layout: Mapped[str] = mapped_column(String(200), default="")
    equipment: Mapped[str] = mapped_column(String(300), default="")
    accessibility: Mapped[str] = mapped_column(String(300), default="")
    wishes: Mapped[list[Any]] = mapped_column(default=list)
    speakers: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    nonce: Mapped[str | None] = mapped_column(String(32))
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()
    account: Mapped[Account] = relationship()
    lead_economy: Mapped[Economy | None] = relationship()
    side_event: Mapped[SideEvent | None] = relationship()
    co_hosts: Mapped[list["ProposalCoHost"]] = relationship(
        back_populates="proposal", order_by="ProposalCoHost.id", cascade="all, delete-orphan"
    )
    notes: Mapped[list["ProposalNote"]] = relationship(
        back_populates="proposal", order_by="ProposalNote.id", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        """The organisers of the forum decide on it."""
        return Scope("forum", self.forum_id)

    @property
    def wished(self) -> list[tuple[date, WishedSlot]]:
        """The days and parts of days wished for, most wanted first."""
        return [(date.fromisoformat(wish["day"]), WishedSlot(wish["slot"])) for wish in self.wishes]

    @property
    def led_by(self) -> str:
        """The economy or organisation that leads it."""
        return self.lead_economy.short_name if self.lead_economy else self.lead_name

    @property
    def hosted_by(self) -> list[str]:
        """The lead host, then every co-host that has confirmed."""
        return [self.led_by, *(each.name for each in self.co_hosts if each.confirmed_at is not None)]


class ProposalCoHost(Model):
    """Who hosts it too, once they have confirmed themselves."""

    __tablename__ = "forum_proposal_co_host"
    __table_args__ = (UniqueConstraint("proposal_id", "email_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("forum_proposal.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    asked_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    proposal: Mapped[SideEventProposal] = relationship(back_populates="co_hosts")

    @property
    def waits(self) -> bool:
        """True until they have confirmed or declined."""
        return self.confirmed_at is None and self.declined_at is None


class ProposalNote(Model):
    """What an organiser noted about a proposal; its proposer never sees it."""

    __tablename__ = "forum_proposal_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("forum_proposal.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    proposal: Mapped[SideEventProposal] = relationship(back_populates="notes")
    account: Mapped[Account] = relationship()
