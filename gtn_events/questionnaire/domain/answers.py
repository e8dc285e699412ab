"""Writing answers: checked, kept with their version, sensitive ones apart."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from gtn_events.core.db import db

from ..enums import QuestionKind, VersionState
from ..errors import AnswerRefused, VersionClosed
from ..models import Answer, AnswerSet, QuestionnaireVersion, SensitiveAnswer
from .conditions import counting_answers
from .purge import delete_files
from .questions import QuestionSpec, specs_of
from .values import problem_with

AnswerRow = TypeVar("AnswerRow", Answer, SensitiveAnswer)


def store_answers(
    answer_set: AnswerSet | None,
    version: QuestionnaireVersion,
    values: Mapping[str, Any],
    *,
    now: datetime,
    purge_on: date | None,
) -> AnswerSet:
    """Write down all answers of one person, in place of those given before.

    Args:
        answer_set: what is replaced; None for the first time. Storing under another
            version is the explicit edit that moves the set to that version.
        version: the published (or, for a move that is not wanted, the set's own) version.
        values: key to JSON value. Answers to unknown questions, and to questions whose
            condition does not hold, are left out.
        purge_on: the day on which the sensitive answers are deleted, None for never.

    Raises:
        AnswerRefused: a value does not fit its question; nothing is written.
        VersionClosed: the version is of another questionnaire, is a draft, or is
            retired and not the one the answers were given under.

    Flushes; the caller commits. Whether every required question is answered is the
    form's question: an answer set may hold a part.
    """
    _check_version(answer_set, version)
    specs = specs_of(version)
    counting = counting_answers(specs, values)
    for spec in specs:
        if spec.key in counting and (problem := problem_with(spec, counting[spec.key])):
            raise AnswerRefused(f"{spec.label}: {problem}", field=spec.key)
    if answer_set is None:
        answer_set = AnswerSet(version=version, created_at=now, updated_at=now, answers=[], sensitive_answers=[])
        db.session.add(answer_set)
    files_before = _file_ids(answer_set)
    answer_set.version = version
    answer_set.updated_at = now
    open_specs = [spec for spec in specs if not spec.sensitive and spec.key in counting]
    closed_specs = [spec for spec in specs if spec.sensitive and spec.key in counting]
    _write(answer_set.answers, Answer, open_specs, counting)
    _write(answer_set.sensitive_answers, SensitiveAnswer, closed_specs, counting)
    for answer in answer_set.sensitive_answers:
        answer.purge_on = purge_on
    db.session.flush()
    delete_files(files_before - _file_ids(answer_set), now=now)
    return answer_set


def _check_version(answer_set: AnswerSet | None, version: QuestionnaireVersion) -> None:
    if answer_set is not None and answer_set.version is version:
        return
    if version.state is not VersionState.PUBLISHED:
        raise VersionClosed("These questions are not open for answers. Reload the page to see the present ones.")
    if answer_set is not None and answer_set.version.questionnaire_id != version.questionnaire_id:
        raise VersionClosed("These answers belong to other questions.")


def _file_ids(answer_set: AnswerSet) -> set[int]:
    rows: list[Answer | SensitiveAnswer] = [*answer_set.answers, *answer_set.sensitive_answers]
    return {row.upload_id for row in rows if row.upload_id is not None}


def _write(
    rows: list[AnswerRow],
    row_class: type[AnswerRow],
    specs: Iterable[QuestionSpec],
    values: Mapping[str, Any],
) -> None:
    present = {row.key: row for row in rows}
    kept = set()
    for spec in specs:
        kept.add(spec.key)
        value = values[spec.key]
        row = present.get(spec.key)
        if row is None:
            row = row_class(key=spec.key)
            rows.append(row)
        row.value = value
        row.upload_id = value if spec.kind is QuestionKind.FILE else None
    for key, row in present.items():
        if key not in kept:
            rows.remove(row)
