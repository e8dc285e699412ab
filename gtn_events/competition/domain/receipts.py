"""Whether a receipt is one that was sent."""

import hmac

from sqlalchemy import select

from gtn_events.core.db import db

from ..models import Entry, EntryVersion
from .entry_content import receipt_seal


def is_genuine(reference: str, sha256: str, seal: str, *, secret_key: str) -> bool:
    """Say whether a version with this fingerprint was received under this number, and the seal (if given) is ours.

    Case, spaces and dashes do not matter.
    """
    reference, sha256 = "".join(reference.upper().split()), "".join(sha256.lower().split())
    statement = (
        select(EntryVersion.id)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(Entry.reference == reference, EntryVersion.sha256 == sha256)
    )
    if db.session.scalar(statement) is None:
        return False
    expected = receipt_seal(reference, sha256, secret_key=secret_key)
    return not seal or hmac.compare_digest(_letters(seal), _letters(expected))


def _letters(seal: str) -> bytes:
    return "".join(each for each in seal.upper() if each.isalnum()).encode()
