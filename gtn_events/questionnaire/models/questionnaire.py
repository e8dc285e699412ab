"""A questionnaire, its versions and their questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import Comparison, QuestionKind, VersionState


class Questionnaire(Model):
    """The questions of one thing (a forum's registration, a round's entry form), over all versions."""

    __tablename__ = "questionnaire"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    scope_kind: Mapped[str | None] = mapped_column(String(30))
    scope_id: Mapped[int | None]
    created_at: Mapped[datetime]

    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        back_populates="questionnaire", order_by="QuestionnaireVersion.number"
    )


class QuestionnaireVersion(Model):
    """One state of the questions and of the steps they stand in. At most one is a draft, at most one published.

    ``steps`` is the order of the form's steps, each ``{"key": str, "title": str,
    "description": str}``; ``Question.step`` holds a key.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "number"),
        Index(
            "uq_questionnaire_version_draft",
            "questionnaire_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_questionnaire_version_published",
            "questionnaire_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    steps: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")
    questions: Mapped[list["Question"]] = relationship(
        back_populates="version", order_by="Question.position", cascade="all, delete-orphan"
    )


class Question(Model):
    """One question. ``key`` is stable over versions; answers and conditions point at it.

    ``options`` is a list of ``{"value": str, "label": str}`` for ONE_OF and SEVERAL_OF.
    ``limits`` holds what applies to the kind: ``min_length, max_length, max_words,
    minimum, maximum, earliest, latest, max_choices, max_bytes, max_pages, accept``.
    ``condition_key`` names an earlier question; the question is asked only when the
    comparison with ``condition_value`` holds. ``step`` groups questions into form steps.
    ``sensitive`` answers are stored apart, masked in lists and purged.
    """

    __tablename__ = "questionnaire_question"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    step: Mapped[str] = mapped_column(String(40), default="questions")
    kind: Mapped[QuestionKind]
    label: Mapped[str] = mapped_column(String(300))
    help: Mapped[str] = mapped_column(Text, default="")
    required: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)
    options: Mapped[list[Any]] = mapped_column(default=list)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    condition_key: Mapped[str | None] = mapped_column(String(60))
    condition_comparison: Mapped[Comparison | None]
    condition_value: Mapped[str | None] = mapped_column(String(300))

    version: Mapped[QuestionnaireVersion] = relationship(back_populates="questions")
