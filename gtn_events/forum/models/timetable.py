"""The proposed timetable of a forum."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model

from .forum import Forum


class Timetable(Model):
    """What was proposed last for the sessions without a time; the next proposal takes its place.

    ``wishes`` is what the organiser asked for. ``content`` has ``placements``, a list of
    ``[session id, room id, moment, minutes]``, and ``unplaced``, a list of
    ``[session id, rule, speaker or track id]``. ``is_best`` says that no better one exists.
    """

    __tablename__ = "forum_timetable"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), unique=True)
    wishes: Mapped[dict[str, Any]]
    content: Mapped[dict[str, Any]]
    is_best: Mapped[bool]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts_account.id"))

    forum: Mapped[Forum] = relationship()
    made_by: Mapped[Account | None] = relationship()
