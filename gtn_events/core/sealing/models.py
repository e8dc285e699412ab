"""Sealed items: confidential values and files, bound to the row they belong to."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model


class SealedItem(Model):
    """One confidential thing of one row: ``name`` says which.

    ``box`` holds the sealed values, or for a file its name, its type and the key of its
    content, which lies sealed under ``stored_as``: without the box nobody can read it. A shredded
    item keeps that it was there, and nothing of what it was.
    """

    __tablename__ = "core_sealed"
    __table_args__ = (
        CheckConstraint("shredded_at IS NULL OR box IS NULL", name="shredded_is_empty"),
        Index(
            "uq_core_sealed_live",
            "owner_type",
            "owner_id",
            "name",
            unique=True,
            sqlite_where=text("shredded_at IS NULL"),
            postgresql_where=text("shredded_at IS NULL"),
        ),
        Index("ix_core_sealed_due", "shredded_at", "shred_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_type: Mapped[str] = mapped_column(String(60))
    owner_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    key_id: Mapped[str] = mapped_column(String(40), default="")
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    stored_as: Mapped[str | None] = mapped_column(String(200), unique=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    sealed_at: Mapped[datetime]
    shred_on: Mapped[date]
    shredded_at: Mapped[datetime | None]

    @property
    def identity(self) -> str:
        """What the seal is bound to: moved to another row or another owner, it does not open."""
        return f"{self.owner_type}:{self.owner_id}:{self.name}:{self.id}"
