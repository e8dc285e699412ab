"""The list of registrations as rows for CSV and xlsx, in protocol order."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.enums import Gender
from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.core.listing import Listing
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import answers_of

from ..models import Forum, Registration
from .registrations import ROW_COLUMNS, ListNames, ListRow, in_protocol_order, narrowed

HEADERS = (
    "Number",
    "Economy",
    "Title",
    "Given name",
    "Family name",
    "Name in own script",
    "Gender",
    "E-mail",
    "Organisation",
    "Position",
    "Category",
    "State",
    "Asked",
    "State since",
)
AT_ONCE = 1_000
GENDERS = {each.value: each.label for each in Gender}


def export_questions(forum: Forum, *, with_sensitive: bool) -> list[QuestionSpec]:
    """Return every question that the registration ever asked; see ``questions_ever_asked``."""
    return questions_ever_asked(forum.questionnaire_id, with_sensitive=with_sensitive)


def questions_ever_asked(questionnaire_id: int, *, with_sensitive: bool) -> list[QuestionSpec]:
    """Return every question that was ever asked, each in its newest wording, in the newest order."""
    statement = (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .options(selectinload(QuestionnaireVersion.questions))
        .order_by(QuestionnaireVersion.number.desc())
    )
    found: dict[str, QuestionSpec] = {}
    for version in db.session.scalars(statement):
        for spec in specs_of(version):
            if with_sensitive or not spec.sensitive:
                found.setdefault(spec.key, spec)
    return list(found.values())


def export_headers(questions: Sequence[QuestionSpec]) -> list[str]:
    """Return the first line: what stands on every registration, then the questions."""
    return [*HEADERS, *(question.label for question in questions)]


def export_rows(
    forum: Forum, listing: Listing, names: ListNames, questions: Sequence[QuestionSpec], *, with_sensitive: bool
) -> Iterator[list[Cell]]:
    """Yield one line for each registration the listing matches; memory stays flat however many there are.

    Args:
        questions: whose answers are added; none costs nothing.
        with_sensitive: whether the table of sensitive answers is read.
    """
    statement = in_protocol_order(
        select(*ROW_COLUMNS, Registration.answer_set_id).where(*narrowed(forum, listing))
    ).execution_options(yield_per=AT_ONCE)
    zone = forum.zone
    for part in db.session.execute(statement).partitions(AT_ONCE):
        answers = answers_of([row[-1] for row in part], with_sensitive=with_sensitive) if questions else {}
        for row in part:
            line = ListRow(*row[:-1])
            given: dict[str, Any] = answers.get(row[-1], {})  # Any: answers as JSON
            cells: list[Cell] = [
                line.reference,
                names.representation(line),
                line.honorific,
                line.given_name,
                line.family_name.upper(),
                line.own_script_name,
                GENDERS.get(line.gender, ""),
                line.email,
                line.organisation_name,
                line.position,
                names.categories.get(line.category_id, ""),
                line.state.label,
                line.submitted_at.astimezone(zone).replace(tzinfo=None),
                line.state_changed_at.astimezone(zone).replace(tzinfo=None),
            ]
            cells += [present(question, given.get(question.key)) for question in questions]
            yield cells
