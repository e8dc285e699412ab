"""A named group of economies with a coordinator of its own."""

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope

MEMBERS = Table(
    "network_group_member",
    Model.metadata,
    Column("group_id", ForeignKey("network_group.id"), primary_key=True),
    Column("economy_code", ForeignKey("core_economy.code"), primary_key=True, index=True),
)


class EconomyGroup(Model):
    """Some economies that are coordinated together, in protocol order; an economy may be in several groups."""

    __tablename__ = "network_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    lock_version: Mapped[int] = mapped_column(default=1)

    economies: Mapped[list[Economy]] = relationship(secondary=MEMBERS, order_by=Economy.rank)

    @property
    def scope(self) -> Scope:
        """What the role of its coordinator is given for."""
        return Scope("group", self.id)

    def __str__(self) -> str:
        return str(self.id)
