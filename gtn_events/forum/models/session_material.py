"""What belongs to a session: slides, papers, recordings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.uploads import Upload

from ..enums import MaterialAccess, MaterialKind
from .programme import ForumSession


class SessionMaterial(Model):
    """One file or one link, never both. It is given out at once: versions of the programme do not hold it back.

    ``added_by_id`` is the account that put it there, None once that person was erased.
    """

    __tablename__ = "forum_session_material"
    __table_args__ = (CheckConstraint("(upload_id IS NULL) = (url <> '')", name="file_or_link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), index=True)
    kind: Mapped[MaterialKind]
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    access: Mapped[MaterialAccess]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    added_at: Mapped[datetime]

    session: Mapped[ForumSession] = relationship()
    upload: Mapped[Upload | None] = relationship()
