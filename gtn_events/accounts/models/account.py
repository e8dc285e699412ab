"""One person."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, ForeignKey, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.text import fold

from ..enums import Gender
from .organisation import Organisation

if TYPE_CHECKING:
    from .role_grant import RoleGrant


class Account(Model):
    """A person who can sign in.

    ``email`` is as typed; ``email_key`` is its lower-case form and unique, so one person
    cannot hold two accounts that differ by letter case. An erased account keeps its id
    (records point at it) and nothing else. ``sort_name`` and ``search_text`` are folded
    copies of the names, for lists; they follow every change by themselves.
    """

    __tablename__ = "accounts_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(255))

    honorific: Mapped[str] = mapped_column(String(30), default="")
    given_name: Mapped[str] = mapped_column(String(100), default="")
    family_name: Mapped[str] = mapped_column(String(100), default="")
    own_script_name: Mapped[str] = mapped_column(String(150), default="")
    own_script_language: Mapped[str] = mapped_column(String(20), default="")
    gender: Mapped[Gender] = mapped_column(default=Gender.NOT_SAID)
    position: Mapped[str] = mapped_column(String(150), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    delegation_class: Mapped[DelegationClass] = mapped_column(default=DelegationClass.ECONOMY)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    language: Mapped[str] = mapped_column(String(20), default="en")

    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    sort_name: Mapped[str] = mapped_column(String(320), default="", index=True)
    search_text: Mapped[str] = mapped_column(String(1000), default="")

    economy: Mapped[Economy | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship(back_populates="accounts")
    live_grants: Mapped[list["RoleGrant"]] = relationship(
        primaryjoin="and_(RoleGrant.account_id == Account.id, RoleGrant.ended_at.is_(None))", viewonly=True
    )

    @property
    def is_authenticated(self) -> bool:
        """Always true: what Flask-Login asks of whoever its loader returned."""
        return True

    @property
    def display_name(self) -> str:
        """Given name and FAMILY NAME, or the address while the profile is empty."""
        if self.erased_at is not None:
            return "Erased person"
        return f"{self.given_name} {self.family_name.upper()}".strip() or self.email

    @property
    def has_profile(self) -> bool:
        """True when the fields that every registration needs are filled."""
        placed = self.economy_code is not None or self.delegation_class is not DelegationClass.ECONOMY
        return bool(self.family_name) and placed


@event.listens_for(Account, "before_insert")
@event.listens_for(Account, "before_update")
def _fold_names(_mapper: Mapper[Account], _connection: Connection, account: Account) -> None:
    names = (account.family_name, account.given_name, account.own_script_name, account.email)
    account.sort_name = fold(f"{account.family_name or account.email} {account.given_name or ''}")[:320]
    account.search_text = fold(" ".join(name or "" for name in names))[:1000]
