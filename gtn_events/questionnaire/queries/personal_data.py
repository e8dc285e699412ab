"""Answers in words, for a person's own export, a summary page or an organiser's record."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order

from ..domain.presenting import present
from ..domain.questions import QuestionSpec, specs_of
from ..enums import QuestionKind
from ..models import AnswerSet, QuestionnaireVersion
from .answers import answers_of, file_names


@dataclass(frozen=True)
class AnswerInWords:
    """One question with its answer as a reader sees it."""

    question: QuestionSpec
    text: str


def answers_in_words(set_ids: Collection[int], *, with_sensitive: bool) -> dict[int, list[AnswerInWords]]:
    """Return the answers of each set, in the order of its version's questions; unanswered ones are left out."""
    statement = (
        select(AnswerSet)
        .where(AnswerSet.id.in_(set_ids))
        .options(selectinload(AnswerSet.version).selectinload(QuestionnaireVersion.questions))
    )
    sets = db.session.scalars(statement).all()
    specs = {each.version_id: specs_of(each.version) for each in sets}
    values = answers_of(set_ids, with_sensitive=with_sensitive)
    economy_names = {economy.code: economy.short_name for economy in economies_in_order()}
    names = file_names(
        values[each.id][spec.key]
        for each in sets
        for spec in specs[each.version_id]
        if spec.kind is QuestionKind.FILE and spec.key in values[each.id]
    )
    return {
        each.id: [
            AnswerInWords(spec, present(spec, values[each.id][spec.key], economy_names=economy_names, file_names=names))
            for spec in specs[each.version_id]
            if spec.key in values[each.id]
        ]
        for each in sets
    }


def export_answers(set_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Return every answer of these sets, sensitive ones too: set id to (question to answer), JSON-ready."""
    found = answers_in_words(set_ids, with_sensitive=True)
    return {set_id: {each.question.label: each.text for each in answers} for set_id, answers in found.items()}
