"""How a forum has its programme printed."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gtn_events.core.db import Model

from ..enums import BookletTheme, Paper


class PrintOptions(Model):
    """What was chosen last for one forum; without a row, what ``queries.print_options`` gives everybody.

    ``parts`` are values of ``BookletPart``. ``languages`` are tags of the languages in which the booklet gives what is
    said of sessions; an empty tag stands for the words as they were first written. ``lock_version`` counts the choices
    for the booklet; a poster and signs have one choice each, which nobody can lose to another.
    """

    __tablename__ = "forum_print_options"
    __table_args__ = (CheckConstraint("notes_pages BETWEEN 0 AND 24", name="notes_pages"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    theme: Mapped[BookletTheme]
    paper: Mapped[Paper]
    parts: Mapped[list[Any]]
    languages: Mapped[list[Any]]
    notes_pages: Mapped[int]
    poster_paper: Mapped[Paper]
    sign_paper: Mapped[Paper]
    lock_version: Mapped[int] = mapped_column(default=1)
