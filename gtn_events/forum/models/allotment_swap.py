"""An exchange of kept places between two holders, which is done when both agree."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import SwapState
from .forum import Forum, ForumCategory


class AllotmentSwap(Model):
    """``places`` of ``category`` go from ``giver`` to ``taker``, for ``return_places`` of ``return_category``.

    Nothing comes back where ``return_places`` is 0 and ``return_category`` None. ``giver`` proposes,
    ``taker`` answers; holders are written as in ``Allotment``.
    """

    __tablename__ = "forum_allotment_swap"
    __table_args__ = (
        Index("ix_forum_allotment_swap_state", "forum_id", "state"),
        CheckConstraint("places > 0", name="places_given"),
        CheckConstraint("return_places >= 0", name="return_not_negative"),
        CheckConstraint("(return_places = 0) = (return_category_id IS NULL)", name="return_named"),
        CheckConstraint("giver <> taker", name="two_holders"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    giver: Mapped[str] = mapped_column(String(20))
    taker: Mapped[str] = mapped_column(String(20))
    category_id: Mapped[int] = mapped_column(ForeignKey("forum_category.id"))
    places: Mapped[int]
    return_category_id: Mapped[int | None] = mapped_column(ForeignKey("forum_category.id"))
    return_places: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[SwapState] = mapped_column(default=SwapState.PROPOSED)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    forum: Mapped[Forum] = relationship()
    category: Mapped[ForumCategory] = relationship(foreign_keys=[category_id])
    return_category: Mapped[ForumCategory | None] = relationship(foreign_keys=[return_category_id])

    @property
    def scope(self) -> Scope:
        """Roles are held for the forum."""
        return Scope("forum", self.forum_id)
