"""The key that signs results: made once in the instance folder, readable by its owner only."""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gtn_events.core.signing import is_signed, kept_key, public_pem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ed25519

FILE = "results-signing-key.pem"

__all__ = ["FILE", "fingerprint", "is_signed", "public_pem", "signing_key"]


def signing_key(instance_dir: Path) -> "ed25519.Ed25519PrivateKey":
    """Return the key of this instance; two processes that need it for the first time agree on one."""
    return kept_key(instance_dir / FILE)


def fingerprint(pem: str) -> str:
    """Return the first half of the SHA-256 of a public key in PEM, for a person to compare."""
    return sha256(pem.encode()).hexdigest()[:32]
