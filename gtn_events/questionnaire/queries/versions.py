"""Reading versions: the published one, the draft, and the steps of the form."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import VersionState
from ..models import Questionnaire, QuestionnaireVersion

# Every step of a form asks it, so it is put together once.
_VERSION = (
    select(QuestionnaireVersion)
    .where(
        QuestionnaireVersion.questionnaire_id == bindparam("questionnaire_id"),
        QuestionnaireVersion.state == bindparam("state"),
    )
    .options(joinedload(QuestionnaireVersion.questions), joinedload(QuestionnaireVersion.questionnaire))
)


@dataclass(frozen=True)
class Step:
    """One step of the form: ``key`` stands in ``Question.step``, ``title`` and ``description`` are read."""

    key: str
    title: str
    description: str = ""


def published_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return the version that is answered now, its questions loaded; None before the first publishing."""
    return published_version_of(questionnaire.id)


def published_version_of(questionnaire_id: int) -> QuestionnaireVersion | None:
    """As ``published_version``, for a questionnaire that has not been read; it is read along."""
    return _version(questionnaire_id, VersionState.PUBLISHED)


def draft_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return the draft, its questions loaded; None when nothing is being changed."""
    return _version(questionnaire.id, VersionState.DRAFT)


def all_steps(version: QuestionnaireVersion) -> list[Step]:
    """Return every step of a version, in order, empty ones too."""
    return [Step(step["key"], step["title"], step.get("description", "")) for step in version.steps]


def steps_of(version: QuestionnaireVersion) -> list[Step]:
    """Return the steps of a version that hold questions, in order."""
    used = {question.step for question in version.questions}
    return [step for step in all_steps(version) if step.key in used]


def _version(questionnaire_id: int, state: VersionState) -> QuestionnaireVersion | None:
    values = {"questionnaire_id": questionnaire_id, "state": state}
    return db.session.scalars(_VERSION, values).unique().one_or_none()
