"""The key that signs results: made once in the instance folder, readable by its owner only."""

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gtn_events.core.later import Later

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519
else:
    PRIMITIVES = "cryptography.hazmat.primitives"
    exceptions = Later("cryptography.exceptions")
    serialization = Later(f"{PRIMITIVES}.serialization")
    ed25519 = Later(f"{PRIMITIVES}.asymmetric.ed25519")


FILE = "results-signing-key.pem"


def signing_key(instance_dir: Path) -> "ed25519.Ed25519PrivateKey":
    """Return the key of this instance; two processes that need it for the first time agree on one."""
    path = instance_dir / FILE
    if not path.exists():
        fresh_key = ed25519.Ed25519PrivateKey.generate()
        pem = fresh_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        fresh = instance_dir / f"{FILE}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        try:
            # Whole or not at all, and never over a key that is there already.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    return key


def public_pem(key: "ed25519.Ed25519PrivateKey | ed25519.Ed25519PublicKey") -> str:
    """Return the public half as PEM."""
    public = key.public_key() if isinstance(key, ed25519.Ed25519PrivateKey) else key
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(pem: str) -> str:
    """Return the first half of the SHA-256 of a public key in PEM, for a person to compare."""
    return sha256(pem.encode()).hexdigest()[:32]


def is_signed(data: bytes, signature: bytes, pem: str) -> bool:
    """Say whether the owner of a public key signed these bytes; False as well for what is no Ed25519 key.

    A key has one spelling, that of ``public_pem``: base64 has bits that say nothing.
    """
    try:
        key = serialization.load_pem_public_key(pem.encode())
        if not isinstance(key, ed25519.Ed25519PublicKey) or public_pem(key) != pem:
            return False
        key.verify(signature, data)
    except (ValueError, exceptions.InvalidSignature, exceptions.UnsupportedAlgorithm):
        return False
    return True
