"""Whom an economy nominates: a firm that its coordinator asks to enter."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope

from ..enums import NominationState
from .competition import Competition
from .entry import Entry

_HOLDS = text("state <> 'withdrawn'")


class Nomination(Model):
    """One firm asked by mail to enter for its economy; ``account_id`` is known once its link was used.

    An address is nominated once for a competition (a partial unique index), by whichever economy.
    """

    __tablename__ = "competition_nomination"
    __table_args__ = (
        Index(
            "uq_competition_nomination_address",
            "competition_id",
            "email_key",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_competition_nomination_economy", "competition_id", "economy_code", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    organisation_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320))
    state: Mapped[NominationState] = mapped_column(default=NominationState.OPEN)
    nominated_at: Mapped[datetime]
    nominated_by_id: Mapped[int]
    mailed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("competition_entry.id"), unique=True)

    competition: Mapped[Competition] = relationship()
    economy: Mapped[Economy] = relationship()
    account: Mapped[Account | None] = relationship()
    entry: Mapped[Entry | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the competition."""
        return Scope("competition", self.competition_id)
