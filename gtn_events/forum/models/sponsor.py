"""Those who help to pay for a forum, in words and logos."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.uploads import Upload

from ..enums import SponsorLevel
from .forum import Forum


class Sponsor(Model):
    """A sponsor of one forum, shown by level, and within it in the order of ``position``.

    ``link`` is a web address, or empty.
    """

    __tablename__ = "forum_sponsor"
    __table_args__ = (UniqueConstraint("forum_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    level: Mapped[SponsorLevel] = mapped_column(default=SponsorLevel.SPONSOR)
    link: Mapped[str] = mapped_column(String(300), default="")
    logo_upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    position: Mapped[int] = mapped_column(default=0)

    forum: Mapped[Forum] = relationship()
    logo: Mapped[Upload | None] = relationship()
