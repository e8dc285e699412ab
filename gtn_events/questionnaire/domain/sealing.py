"""Answers as a sent version keeps them: files by name, size and SHA-256, nothing sensitive."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload

from ..enums import QuestionKind
from .questions import QuestionSpec


def answers_as_sent(specs: Sequence[QuestionSpec], answers: Mapping[str, Any]) -> dict[str, Any]:  # Any: answers
    """Return key to answer, JSON-ready; sensitive ones are left out, since a version never changes."""
    given = [spec for spec in specs if spec.key in answers and not spec.sensitive]
    ids = [answers[spec.key] for spec in given if spec.kind is QuestionKind.FILE]
    uploads = {each.id: each for each in db.session.scalars(select(Upload).where(Upload.id.in_(ids)))} if ids else {}
    return {
        spec.key: _file(uploads[answers[spec.key]]) if spec.kind is QuestionKind.FILE else answers[spec.key]
        for spec in given
    }


def _file(upload: Upload) -> dict[str, Any]:
    return {"file": upload.name, "size": upload.size, "sha256": upload.sha256}
