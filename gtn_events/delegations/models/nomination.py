"""Whom an economy nominates for a forum, until that person has registered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.forum.enums import DelegationFunction, Funding, SubstitutionState
from gtn_events.forum.models import Forum, ForumCategory, Registration, Substitution

from ..enums import OPEN_NOMINATIONS, NominationState
from .delegation import Delegation

_OPEN = text("state IN ({})".format(", ".join(f"'{state.value}'" for state in sorted(OPEN_NOMINATIONS))))


class Nomination(Model):
    """One person whom an economy wants to send; it holds no seat.

    An address has at most one open nomination for a forum, by whichever economy (a partial unique index).
    Of the link in the mail only ``link_digest`` is kept, the SHA-256 of its token.
    ``registration_id`` is known once the person has registered. With a ``substitution`` they take over the place
    of somebody else of the economy.
    """

    __tablename__ = "delegations_nomination"
    __table_args__ = (
        Index(
            "uq_delegations_nomination_address",
            "forum_id",
            "email_key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_delegations_nomination_economy", "forum_id", "economy_code", "state"),
        CheckConstraint("rank IS NULL OR rank > 0", name="rank_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    category_id: Mapped[int] = mapped_column(ForeignKey("forum_category.id"))
    state: Mapped[NominationState] = mapped_column(default=NominationState.DRAFT)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320))
    honorific: Mapped[str] = mapped_column(String(20), default="")
    given_name: Mapped[str] = mapped_column(String(100), default="")
    family_name: Mapped[str] = mapped_column(String(100), default="")
    own_script_name: Mapped[str] = mapped_column(String(150), default="")
    gender: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    organisation_kind: Mapped[str] = mapped_column(String(30), default="")
    function: Mapped[DelegationFunction] = mapped_column(default=DelegationFunction.DELEGATE)
    rank: Mapped[int | None]
    reserve: Mapped[bool] = mapped_column(default=False)
    funding: Mapped[Funding] = mapped_column(default=Funding.OWN)
    relevance: Mapped[str] = mapped_column(Text, default="")
    remarks: Mapped[str] = mapped_column(Text, default="")
    answer_words: Mapped[str] = mapped_column(Text, default="")
    link_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_expires_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    nominated_at: Mapped[datetime | None]
    nominated_by_id: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("forum_registration.id"), unique=True)
    lock_version: Mapped[int] = mapped_column(default=1)
    substitution_id: Mapped[int | None] = mapped_column(ForeignKey("forum_substitution.id"), unique=True)

    forum: Mapped[Forum] = relationship()
    economy: Mapped[Economy] = relationship()
    category: Mapped[ForumCategory] = relationship()
    registration: Mapped[Registration | None] = relationship()
    substitution: Mapped[Substitution | None] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the economy."""
        return self.economy.scope

    @property
    def replaces(self) -> Registration | None:
        """Whose place they come to, while that is arranged."""
        if self.substitution is None or self.substitution.state is not SubstitutionState.ARRANGED:
            return None
        return self.substitution.leaves

    @property
    def delegation(self) -> Delegation:
        """Whose nomination it is."""
        return Delegation(self.forum, self.economy)

    @property
    def name(self) -> str:
        """Given name and FAMILY NAME; the address while there is no name."""
        return f"{self.given_name} {self.family_name.upper()}".strip() or self.email
