"""An invitation to take a role, for an address that has no confirmed account yet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import Role

_OPEN = "accepted_at IS NULL AND withdrawn_at IS NULL"


class Invitation(Model):
    """One role for one scope, offered to whoever reads mail at an address.

    Open until it is accepted or withdrawn; past ``expires_at`` its link no longer works,
    but it can be sent again. An address has at most one open invitation for a role and a
    scope, whatever the letter case (a partial unique index over ``email_key``).
    """

    __tablename__ = "accounts_invitation"
    __table_args__ = (
        Index(
            "uq_accounts_invitation_open",
            "email_key",
            "role",
            "scope_kind",
            "scope_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index("ix_accounts_invitation_scope", "scope_kind", "scope_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    role: Mapped[Role]
    scope_kind: Mapped[str] = mapped_column(String(30))
    scope_id: Mapped[int]
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    withdrawn_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        """What the role is for."""
        return Scope(self.scope_kind, self.scope_id)
