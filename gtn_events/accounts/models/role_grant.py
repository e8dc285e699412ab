"""Which role an account holds, and for what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import Role
from .account import Account


class RoleGrant(Model):
    """One role of one account for one scope.

    ``scope_kind`` is ``site`` for administrators (``scope_id`` 0), ``forum``,
    ``competition``, ``call`` or ``host`` with the row's id, or ``economy`` with the
    economy's rank. An ended grant is kept.
    """

    __tablename__ = "accounts_role_grant"
    __table_args__ = (
        Index(
            "uq_accounts_role_grant_live",
            "account_id",
            "role",
            "scope_kind",
            "scope_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_accounts_role_grant_scope", "scope_kind", "scope_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    role: Mapped[Role]
    scope_kind: Mapped[str] = mapped_column(String(30), default="site")
    scope_id: Mapped[int] = mapped_column(default=0)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()

    @property
    def scope(self) -> Scope:
        """What the role is held for."""
        return Scope(self.scope_kind, self.scope_id)
