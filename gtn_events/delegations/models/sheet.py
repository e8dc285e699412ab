"""A spreadsheet of nominations that waits to be taken."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.uploads import Upload
from gtn_events.forum.models import Forum


class NominationSheet(Model):
    """A file that a coordinator sent for one delegation; the row goes when it is taken, thrown away or too old."""

    __tablename__ = "delegations_nomination_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    upload_id: Mapped[int] = mapped_column(ForeignKey("core_upload.id"), unique=True)

    forum: Mapped[Forum] = relationship()
    economy: Mapped[Economy] = relationship()
    upload: Mapped[Upload] = relationship()
