"""Numbered notices of a forum to the coordinators of economies, in versions that each economy acknowledges."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.uploads import Upload
from gtn_events.forum.models import Forum

from ..circular_words import SECTIONS, CircularState


class Circular(Model):
    """One circular of a forum; ``number`` counts from 1 within it."""

    __tablename__ = "delegations_circular"
    __table_args__ = (UniqueConstraint("forum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    number: Mapped[int]
    created_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship()
    versions: Mapped[list["CircularVersion"]] = relationship(
        back_populates="circular", order_by="CircularVersion.version"
    )

    @property
    def draft(self) -> "CircularVersion | None":
        """The version that nobody but the organisers sees yet."""
        return next((each for each in self.versions if each.state is CircularState.DRAFT), None)

    @property
    def released(self) -> "CircularVersion | None":
        """The version that holds now."""
        return next((each for each in self.versions if each.state is CircularState.RELEASED), None)


class CircularVersion(Model):
    """One version of a circular.

    ``sections`` holds ``{"key": ..., "text": ..., "hidden": ...}`` in the order of SECTIONS;
    ``audience`` the codes of the economies it is for, empty for all.
    """

    __tablename__ = "delegations_circular_version"
    __table_args__ = (
        UniqueConstraint("circular_id", "version"),
        Index(
            "uq_delegations_circular_version_draft",
            "circular_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_delegations_circular_version_released",
            "circular_id",
            unique=True,
            sqlite_where=text("state = 'released'"),
            postgresql_where=text("state = 'released'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    circular_id: Mapped[int] = mapped_column(ForeignKey("delegations_circular.id"), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(150))
    sections: Mapped[list[Any]] = mapped_column(default=list)
    audience: Mapped[list[str]] = mapped_column(default=list)
    acknowledge_by: Mapped[date | None]
    state: Mapped[CircularState] = mapped_column(default=CircularState.DRAFT)
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    circular: Mapped[Circular] = relationship(back_populates="versions")
    files: Mapped[list["CircularFile"]] = relationship(order_by="CircularFile.id", cascade="all, delete-orphan")
    acknowledgements: Mapped[list["CircularAcknowledgement"]] = relationship(back_populates="version")

    def is_for(self, code: str) -> bool:
        """Say whether an economy has to acknowledge it."""
        return not self.audience or code in self.audience

    @property
    def shown_sections(self) -> list[tuple[str, str]]:
        """Heading and text of every section that readers see."""
        shown = [each for each in self.sections if each["text"] and not each["hidden"]]
        return [(str(SECTIONS[each["key"]]), each["text"]) for each in shown]


class CircularFile(Model):
    """A file that goes with a version."""

    __tablename__ = "delegations_circular_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("delegations_circular_version.id"), index=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("core_upload.id"), index=True)

    upload: Mapped[Upload] = relationship()


class CircularAcknowledgement(Model):
    """That an economy has taken note of a version: once, by whom, when; it is never undone."""

    __tablename__ = "delegations_circular_acknowledgement"
    __table_args__ = (UniqueConstraint("version_id", "economy_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("delegations_circular_version.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    at: Mapped[datetime]

    version: Mapped[CircularVersion] = relationship(back_populates="acknowledgements")
    account: Mapped[Account | None] = relationship()
