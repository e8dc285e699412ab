"""What was answered in an entry and is not sensitive, in words, and the files that came with it."""

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.text import markdown
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from gtn_events.questionnaire.queries.personal_data import AnswerInWords, answers_in_words

from ..models import Entry


def answers_shown(entry: Entry) -> list[tuple[str, str]]:
    """Return question and answer of what is neither sensitive nor a file; long texts as HTML."""
    return shown(answers_in_words([entry.answer_set_id], with_sensitive=False)[entry.answer_set_id])


def shown(given: list[AnswerInWords]) -> list[tuple[str, str]]:
    """Return question and answer of what is neither sensitive nor a file; long texts as HTML."""
    return [
        (each.question.label, markdown(each.text) if each.question.kind is QuestionKind.LONG_TEXT else each.text)
        for each in given
        if not each.question.sensitive and each.question.kind is not QuestionKind.FILE
    ]


def files_shown(entry: Entry) -> list[tuple[str, Upload]]:
    """Return the files that are there with the label of their question, in the order of the questions."""
    specs = specs_of(entry.answer_set.version)
    given = read_answers(entry.answer_set, with_sensitive=False)
    held = {given[spec.key]: spec.label for spec in specs if spec.kind is QuestionKind.FILE and spec.key in given}
    uploads = select(Upload).where(Upload.id.in_(held), Upload.deleted_at.is_(None))
    found = {upload.id: upload for upload in db.session.scalars(uploads)} if held else {}
    return [(label, found[upload_id]) for upload_id, label in held.items() if upload_id in found]
