"""Reading answers: of one set, of many sets at once, and the names of their files."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select

from gtn_events.core.addresses import LARGEST_ID
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload

from ..models import Answer, AnswerSet, SensitiveAnswer

AT_ONCE = 1_000


def read_answers(answer_set: AnswerSet, *, with_sensitive: bool) -> dict[str, Any]:
    """Return the answers of one set, key to stored value."""
    return answers_of([answer_set.id], with_sensitive=with_sensitive)[answer_set.id]


def answers_of(set_ids: Iterable[int], *, with_sensitive: bool = False) -> dict[int, dict[str, Any]]:
    """Return the answers of many sets, set id to (key to stored value); every id asked for is there.

    One query (two with the sensitive ones) for each thousand sets.
    """
    found: dict[int, dict[str, Any]] = {set_id: {} for set_id in set_ids}
    remaining = iter(list(found))
    while chunk := list(islice(remaining, AT_ONCE)):
        _add(found, chunk, Answer)
        if with_sensitive:
            _add(found, chunk, SensitiveAnswer)
    return found


def file_names(upload_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of stored files that are still there, upload id to name.

    Args:
        upload_ids: also whole numbers that are none, such as the answer to a question for a number.
    """
    wanted = {each for each in upload_ids if 0 < each <= LARGEST_ID}
    if not wanted:
        return {}
    statement = select(Upload.id, Upload.name).where(Upload.id.in_(wanted), Upload.deleted_at.is_(None))
    return dict(db.session.execute(statement).all())


def _add(found: dict[int, dict[str, Any]], set_ids: Sequence[int], table: type[Answer] | type[SensitiveAnswer]) -> None:
    statement = select(table.answer_set_id, table.key, table.value).where(table.answer_set_id.in_(set_ids))
    for set_id, key, value in db.session.execute(statement):
        found[set_id][key] = value
