"""Answers, kept with the version they were given under; sensitive ones in a table of their own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from .questionnaire import QuestionnaireVersion


class AnswerSet(Model):
    """All answers of one person to one version."""

    __tablename__ = "questionnaire_answer_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    version: Mapped[QuestionnaireVersion] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="answer_set", cascade="all, delete-orphan")
    sensitive_answers: Mapped[list["SensitiveAnswer"]] = relationship(
        back_populates="answer_set", cascade="all, delete-orphan"
    )


class Answer(Model):
    """One answer; ``value`` is JSON as described at ``QuestionKind``."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = (UniqueConstraint("answer_set_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_set_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_answer_set.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSON)
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))

    answer_set: Mapped[AnswerSet] = relationship(back_populates="answers")


class SensitiveAnswer(Model):
    """One sensitive answer (meals, access needs, passport), deleted on ``purge_on``."""

    __tablename__ = "questionnaire_sensitive_answer"
    __table_args__ = (UniqueConstraint("answer_set_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_set_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_answer_set.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSON)
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("core_upload.id"))
    purge_on: Mapped[date | None] = mapped_column(index=True)

    answer_set: Mapped[AnswerSet] = relationship(back_populates="sensitive_answers")
