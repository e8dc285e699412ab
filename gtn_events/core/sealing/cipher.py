"""Sealing bytes: AES-256-GCM with the identity of the record as associated data (NIST SP 800-38D)."""

import secrets
from typing import TYPE_CHECKING

from gtn_events.core.later import Later

from .errors import SealBroken

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives.ciphers import aead
else:
    aead = Later("cryptography.hazmat.primitives.ciphers.aead")
    exceptions = Later("cryptography.exceptions")

KEY_BYTES = 32
_NONCE_BYTES = 12


def new_key() -> bytes:
    """Return a fresh random key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: bytes, *, key: bytes, identity: str) -> bytes:
    """Return a random nonce and what it seals; it opens for the same identity only."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + aead.AESGCM(key).encrypt(nonce, plain, identity.encode())


def unseal(box: bytes, *, key: bytes, identity: str) -> bytes:
    """Return what was sealed.

    Raises:
        SealBroken: another key, another identity, or bytes that were changed.
    """
    try:
        return aead.AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], identity.encode())
    except (exceptions.InvalidTag, ValueError) as error:
        raise broken() from error


def broken() -> SealBroken:
    """Return the error a person may read."""
    return SealBroken(
        "These confidential data cannot be opened: their key is missing, or what is stored was changed. Nothing was "
        "shown. Ask the administrator of this site."
    )
