"""Everything that was sent at one moment, as canonical JSON with its SHA-256, and the seal on its receipt."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.references import ALPHABET
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.enums import QuestionKind

from ..models import Entry
from .entry_particulars import Submission

SEAL_LETTERS = 16


def content_of(entry: Entry, submission: Submission, *, number: int, now: datetime) -> dict[str, Any]:
    """Return what stands in an entry version, JSON-ready.

    Sensitive answers are left out: they are deleted on their day, and a version never changes.
    """
    return {
        "reference": entry.reference,
        "version": number,
        "sent_at": now.isoformat(),
        "title": entry.title,
        "summary": entry.summary,
        "organisation": entry.organisation_name,
        "organisation_size": entry.organisation_size,
        "founded_in": entry.founded_in,
        "economy": entry.economy_code,
        "website": entry.website,
        "video_url": entry.video_url,
        "languages": entry.languages,
        "categories": [category.key for category in submission.categories],
        "team": [member.as_json() for member in submission.members],
        "questionnaire_version": submission.version.number,
        "answers": _answers(specs_of(submission.version), submission.answers),
        "declaration": {
            "text": submission.declaration_text.number if submission.declaration_text else None,
            "declared_by": submission.declared_by,
        },
    }


def sha256_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def receipt_seal(reference: str, sha256: str, *, secret_key: str) -> str:
    """Return the letters that seal a receipt, ``7KXQ-M2P4-…``; without the key nobody can make them."""
    digest = hmac.digest(secret_key.encode(), f"entry receipt {reference} {sha256}".encode(), hashlib.sha256)
    value = int.from_bytes(digest[:10])
    letters = "".join(ALPHABET[(value >> 5 * place) & 31] for place in range(SEAL_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, SEAL_LETTERS, 4))


def _answers(specs: tuple[QuestionSpec, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    given = [spec for spec in specs if spec.key in answers and not spec.sensitive]
    ids = [answers[spec.key] for spec in given if spec.kind is QuestionKind.FILE]
    uploads = {each.id: each for each in db.session.scalars(select(Upload).where(Upload.id.in_(ids)))} if ids else {}
    return {
        spec.key: _file(uploads[answers[spec.key]]) if spec.kind is QuestionKind.FILE else answers[spec.key]
        for spec in given
    }


def _file(upload: Upload) -> dict[str, Any]:
    return {"file": upload.name, "size": upload.size, "sha256": upload.sha256}
