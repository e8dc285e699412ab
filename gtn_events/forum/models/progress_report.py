"""The progress report of a forum to the working group: its cover sheet and its texts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope

from ..enums import PaperPurpose
from .forum import Forum


class ProgressReport(Model):
    """One forum's report; ``texts`` maps a section's key to what the organiser wrote (empty: left out).

    A section that was never saved has no key: its words come from the data. Tables always do,
    as of the end of ``as_of``, or as they stand.
    """

    __tablename__ = "forum_progress_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), unique=True)
    document_number: Mapped[str] = mapped_column(String(60), default="")
    agenda_item: Mapped[str] = mapped_column(String(40), default="")
    purpose: Mapped[PaperPurpose] = mapped_column(default=PaperPurpose.INFORMATION)
    submitted_by: Mapped[str] = mapped_column(String(200), default="")
    meeting: Mapped[str] = mapped_column(String(200), default="")
    meeting_place: Mapped[str] = mapped_column(String(120), default="")
    meeting_dates: Mapped[str] = mapped_column(String(120), default="")
    as_of: Mapped[date | None]
    small_numbers: Mapped[bool] = mapped_column(default=False)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope("forum", self.forum_id)
