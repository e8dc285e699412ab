"""Places of a category that are kept for one economy, or for a delegation class without one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool

from .forum import Forum, ForumCategory


class Allotment(Model):
    """Places of one category for one holder until ``releases_at``; unused ones then go to the common places.

    ``holder`` is the code of an economy (capitals) or the word of a delegation class
    (small letters). The capacities of a category's allotments and of its common pool add
    up to the capacity of the category, always. ``agreed`` is how many places were meant for the
    holder; a release leaves it, so that the next edition can keep as many.
    """

    __tablename__ = "forum_allotment"
    __table_args__ = (
        UniqueConstraint("category_id", "holder"),
        Index("ix_forum_allotment_holder", "forum_id", "holder"),
        Index("ix_forum_allotment_due", "released_at", "releases_at"),
        CheckConstraint("holder <> ''", name="holder_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("forum_category.id"))
    holder: Mapped[str] = mapped_column(String(20))
    pool_id: Mapped[int] = mapped_column(ForeignKey("core_seat_pool.id"))
    agreed: Mapped[int] = mapped_column(default=0)
    releases_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
    category: Mapped[ForumCategory] = relationship()
    pool: Mapped[SeatPool] = relationship()

    @property
    def scope(self) -> Scope:
        """Roles are held for the forum."""
        return Scope("forum", self.forum_id)
