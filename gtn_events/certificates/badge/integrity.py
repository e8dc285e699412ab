"""The proof in a credential: Data Integrity with ``eddsa-rdfc-2022`` (w3.org/TR/vc-di-eddsa)."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from gtn_events.core import signing

from ..proof.keys import SigningKey
from .rdf import canonical_quads

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = bytes((0xED, 0x01))  # what a Multikey begins with


def with_integrity(
    credential: dict[str, Any], key: SigningKey, *, issuer_id: str, created: datetime
) -> dict[str, Any]:  # Any: JSON
    """Return a credential with its proof; the same every time for the same key and moment."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": moment(created),
        "verificationMethod": method_of(issuer_id, signing.public_bytes(key.private)),
        "proofPurpose": "assertionMethod",
    }
    signature = key.private.sign(hash_data(credential, options))
    return {**credential, "proof": {**options, "proofValue": base58(signature)}}


def hash_data(credential: dict[str, Any], options: dict[str, Any]) -> bytes:  # Any: JSON
    """Return what is signed: the hash of the proof's options and that of the credential without its proof."""
    return sha256(canonical_quads(options)).digest() + sha256(canonical_quads(credential)).digest()


def method_of(issuer_id: str, public: bytes) -> str:
    """Return the name under which a key stands in the issuer's profile."""
    return f"{issuer_id}#{multikey(public)}"


def multikey(public: bytes) -> str:
    """Return a public key as a Multikey."""
    return base58(_ED25519 + public)


def base58(data: bytes) -> str:
    """Return bytes as multibase, base58btc."""
    number, letters = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _LETTERS[rest] + letters
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def moment(at: datetime) -> str:
    """Return a moment as credentials write it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
