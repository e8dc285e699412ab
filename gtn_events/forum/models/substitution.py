"""One person of an economy in the place of another."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import SubstitutionState
from .registration import Registration

_ARRANGED = text(f"state = '{SubstitutionState.ARRANGED.value}'")


class Substitution(Model):
    """That somebody's place goes, or went, to another person of the same economy.

    ``leaves`` keeps the place while it is arranged. ``comes`` is None until the person who was
    nominated for it has registered. ``reason`` is read by who leaves, at the move. A place is promised to
    one person, and a person takes one place over, at a time (partial unique indexes).
    """

    __tablename__ = "forum_substitution"
    __table_args__ = (
        Index(
            "uq_forum_substitution_leaves",
            "leaves_id",
            unique=True,
            sqlite_where=_ARRANGED,
            postgresql_where=_ARRANGED,
        ),
        Index(
            "uq_forum_substitution_comes",
            "comes_id",
            unique=True,
            sqlite_where=_ARRANGED,
            postgresql_where=_ARRANGED,
        ),
        Index("ix_forum_substitution_left", "leaves_id", "state"),
        Index("ix_forum_substitution_came", "comes_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    leaves_id: Mapped[int] = mapped_column(ForeignKey("forum_registration.id"))
    comes_id: Mapped[int | None] = mapped_column(ForeignKey("forum_registration.id"))
    state: Mapped[SubstitutionState] = mapped_column(default=SubstitutionState.ARRANGED)
    reason: Mapped[str] = mapped_column(Text)
    arranged_at: Mapped[datetime]
    arranged_by_id: Mapped[int]
    ended_at: Mapped[datetime | None]

    leaves: Mapped[Registration] = relationship(foreign_keys=[leaves_id])
    comes: Mapped[Registration | None] = relationship(foreign_keys=[comes_id])
