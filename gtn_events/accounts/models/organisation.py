"""One organisation that people come from."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy

from ..enums import OrganisationKind, OrganisationSize

if TYPE_CHECKING:
    from .account import Account


class Organisation(Model):
    """An SME, ministry, incubator or research centre; people with the same organisation share the row."""

    __tablename__ = "accounts_organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[OrganisationKind] = mapped_column(default=OrganisationKind.SME)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"), index=True)
    size: Mapped[OrganisationSize | None]
    sector: Mapped[str] = mapped_column(String(100), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    economy: Mapped[Economy | None] = relationship()
    accounts: Mapped[list["Account"]] = relationship(back_populates="organisation")
