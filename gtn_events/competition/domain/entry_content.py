"""Everything that was sent at one moment, as canonical JSON with its SHA-256, and the seal on its receipt."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from gtn_events.core.references import ALPHABET
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.domain.sealing import answers_as_sent

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
        "answers": answers_as_sent(specs_of(submission.version), submission.answers),
        "declaration": {
            "text": submission.declaration_text.number if submission.declaration_text else None,
            "declared_by": submission.declared_by,
        },
    }


def receipt_seal(reference: str, sha256: str, *, secret_key: str) -> str:
    """Return the letters that seal a receipt, ``7KXQ-M2P4-…``; without the key nobody can make them."""
    digest = hmac.digest(secret_key.encode(), f"entry receipt {reference} {sha256}".encode(), hashlib.sha256)
    value = int.from_bytes(digest[:10])
    letters = "".join(ALPHABET[(value >> 5 * place) & 31] for place in range(SEAL_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, SEAL_LETTERS, 4))
