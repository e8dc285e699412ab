"""The picture of a speaker."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.uploads import Upload

from .programme import Speaker


class SpeakerPhoto(Model):
    """One speaker's picture, with what can be seen on it for those who do not see it."""

    __tablename__ = "forum_speaker_photo"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("forum_speaker.id"), primary_key=True, autoincrement=False)
    upload_id: Mapped[int] = mapped_column(ForeignKey("core_upload.id"))
    description: Mapped[str] = mapped_column(String(200))

    speaker: Mapped[Speaker] = relationship()
    upload: Mapped[Upload] = relationship()
