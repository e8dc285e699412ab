"""The versions of designs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from .values import Design


class DocumentDesign(Model):
    """One version of how documents of a kind look in a forum, competition or call; never changed once kept.

    ``kind`` is the key of a registered ``DesignedKind``. ``number`` counts the versions from 1; the highest is the one
    that documents are made with.
    """

    __tablename__ = "designs_design"
    __table_args__ = (UniqueConstraint("scope_kind", "scope_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope_kind: Mapped[str] = mapped_column(String(30))
    scope_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    values: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"))

    created_by: Mapped[Account | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Whose design it is; roles for that give rights on it."""
        return Scope(self.scope_kind, self.scope_id)

    @property
    def design(self) -> Design:
        """What was set."""
        return Design.from_dict(self.values)
