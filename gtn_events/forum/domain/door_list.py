"""The list that a door decides by without a connection: little data, signed, for a day at most."""

import hashlib
import json
import secrets
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from gtn_events.core.later import Later

from ..models import Checkpoint
from ..queries.door import people_at

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    PRIMITIVES = "cryptography.hazmat.primitives"
    hashes = Later(f"{PRIMITIVES}.hashes")
    serialization = Later(f"{PRIMITIVES}.serialization")
    ec = Later(f"{PRIMITIVES}.asymmetric.ec")
    utils = Later(f"{PRIMITIVES}.asymmetric.utils")
    hkdf = Later(f"{PRIMITIVES}.kdf.hkdf")

VERSION = 1
LASTS = timedelta(hours=24)
PURPOSE = b"gtn-events: lists of the doors"
# The order of the curve P-256 (FIPS 186-5); a key is a number from 1 to this less one.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class SignedList:
    """``content`` is canonical JSON, ``signature`` ECDSA over its UTF-8 bytes (P-256, SHA-256; r and s, base64)."""

    content: str
    signature: str


def door_list(checkpoint: Checkpoint, *, secret_key: str, now: datetime) -> SignedList | None:
    """Return what a device may know about those who come to a checkpoint, None when the forum is over.

    People stand under the SHA-256 of the list's salt and their number, with name, economy, category, state,
    whether they belong here, and how often they passed in each slot.
    """
    forum = checkpoint.forum
    end = datetime.combine(forum.ends_on + timedelta(days=2), time(), forum.zone).astimezone(UTC)
    if now >= end:
        return None
    salt = secrets.token_hex(16)
    content = {
        "version": VERSION,
        "forum": forum.slug,
        "checkpoint": checkpoint.key,
        "prefix": forum.reference_prefix,
        "rule": checkpoint.rule.value,
        "closed_at": checkpoint.closed_at.isoformat() if checkpoint.closed_at else None,
        "zone": forum.time_zone,
        "made_at": now.isoformat(),
        "expires_at": min(now + LASTS, end).isoformat(),
        "salt": salt,
        "people": list(_people(checkpoint, salt)),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return SignedList(text, sign(text, secret_key=secret_key))


def sign(text: str, *, secret_key: str) -> str:
    """Return the signature of a list, as browsers verify it."""
    r, s = utils.decode_dss_signature(_key(secret_key).sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


def public_key(secret_key: str) -> str:
    """Return the point that verifies lists (uncompressed, base64)."""
    point = _key(secret_key).public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return b64encode(raw).decode()


def _people(checkpoint: Checkpoint, salt: str) -> Iterator[list[Any]]:  # Any: JSON
    for row in people_at(checkpoint):
        digest = hashlib.sha256(f"{salt}{row.reference}".encode()).hexdigest()
        name = f"{row.given_name} {row.family_name.upper()}".strip()
        yield [digest, name, row.represents, row.category, row.state.value, row.belongs, row.passes]


def _key(secret_key: str) -> "ec.EllipticCurvePrivateKey":
    derived = hkdf.HKDF(hashes.SHA256(), length=48, salt=None, info=PURPOSE).derive(secret_key.encode())
    return ec.derive_private_key(int.from_bytes(derived, "big") % (ORDER - 1) + 1, ec.SECP256R1())
