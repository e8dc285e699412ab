"""Uploads: checked by content, size and name, stored outside the web root, known by their SHA-256."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model


class Upload(Model):
    """One stored file. ``content_type`` is what the content is, not what the browser claimed.

    ``purpose`` names the one place where a file may be used whose number comes back with a later form;
    it is empty for files that a row points at.
    """

    __tablename__ = "core_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    stored_as: Mapped[str] = mapped_column(String(200), unique=True)
    owner_id: Mapped[int | None] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
