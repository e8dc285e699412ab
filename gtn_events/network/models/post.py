"""Who coordinates what, from when to when."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope

from ..enums import PostKind, PostLevel, PostState
from .group import EconomyGroup

# What the holder may agree to have shown to everybody.
SHOWABLE = ("office_name", "post_title", "organisation", "email", "phone")
# A day begins fourteen hours before UTC in the east of the world and ends twelve hours after it in the west.
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=12)


class CoordinatorPost(Model):
    """One person's time as coordinator or deputy of an economy, of a group, or of the network.

    The person is an account, or a name and an address (``holder_email``) that has none
    yet. ``consented`` names what they agreed to have shown publicly. ``ends_on`` is the last day; a post
    that is over stays, so that it can be seen who held it. The role follows the dates:
    ``grant`` is the one that was given for this post.
    """

    __tablename__ = "network_post"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        CheckConstraint(
            "(level = 'regional' AND group_id IS NULL AND economy_code IS NULL)"
            " OR (level = 'sub-regional' AND group_id IS NOT NULL AND economy_code IS NULL)"
            " OR (level = 'national' AND group_id IS NULL AND economy_code IS NOT NULL)",
            name="place_of_level",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[PostLevel]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("network_group.id"), index=True)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"), index=True)
    kind: Mapped[PostKind] = mapped_column(default=PostKind.COORDINATOR)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    holder_email: Mapped[str] = mapped_column(String(320))
    office_name: Mapped[str] = mapped_column(String(200))
    post_title: Mapped[str] = mapped_column(String(150), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    consented: Mapped[list[str]] = mapped_column(default=list)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_role_grant.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts_invitation.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    group: Mapped[EconomyGroup | None] = relationship()
    economy: Mapped[Economy | None] = relationship()
    account: Mapped[Account | None] = relationship()
    grant: Mapped[RoleGrant | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    @property
    def scope(self) -> Scope:
        """What the role is given for; the whole network is the group 0."""
        place = self.economy or self.group
        return place.scope if place is not None else Scope("group", 0)

    @property
    def role(self) -> Role:
        """The role that follows the dates: deputies have the same rights."""
        return Role.ECONOMY_COORDINATOR if self.level is PostLevel.NATIONAL else Role.REGIONAL_COORDINATOR

    @property
    def place(self) -> str:
        """What is coordinated, as lists name it."""
        if self.economy is not None:
            return self.economy.short_name
        return self.group.name if self.group is not None else "APEC"

    @property
    def place_key(self) -> tuple[PostLevel, int | None, str | None]:
        """Equal for posts that follow, or stand beside, one another."""
        return self.level, self.group_id, self.economy_code

    def has_begun(self, now: datetime) -> bool:
        """Say whether the first day has begun anywhere, so that nobody waits for the right to act on it."""
        return self.starts_on <= (now + _EARLIEST).date()

    def is_over(self, now: datetime) -> bool:
        """Say whether the last day has ended everywhere, so that nobody loses a right before."""
        return self.ends_on is not None and self.ends_on < (now - _LATEST).date()

    def state(self, now: datetime) -> PostState:
        """Where the post stands at a moment."""
        if self.withdrawn_at is not None:
            return PostState.WITHDRAWN
        if self.is_over(now):
            return PostState.OVER
        return PostState.HELD if self.has_begun(now) else PostState.PLANNED

    def shown(self, name: str) -> str:
        """Return one of SHOWABLE as everybody may see it: empty where the holder has not agreed."""
        return str(getattr(self, name)) if name in self.consented else ""
