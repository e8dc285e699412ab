"""Ed25519 keys that lie in files: made once, readable by their owner only; what they signed is checked without them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .later import Later

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519
else:
    PRIMITIVES = "cryptography.hazmat.primitives"
    exceptions = Later("cryptography.exceptions")
    serialization = Later(f"{PRIMITIVES}.serialization")
    ed25519 = Later(f"{PRIMITIVES}.asymmetric.ed25519")


def kept_key(path: Path) -> "ed25519.Ed25519PrivateKey":
    """Return the key of a file, made if it is not there; two processes that need it for the first time agree on one."""
    if not path.exists():
        keep_once(path, private_pem(ed25519.Ed25519PrivateKey.generate()))
    return read_key(path.read_bytes())


def keep_once(path: Path, content: bytes) -> bool:
    """Write a file that its owner alone can read, whole or not at all; False when there is one already."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    try:
        # Never over one that is there already.
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def private_pem(key: "ed25519.Ed25519PrivateKey") -> bytes:
    """Return a private key as PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def new_key() -> "ed25519.Ed25519PrivateKey":
    """Return a fresh key."""
    return ed25519.Ed25519PrivateKey.generate()


def read_key(pem: bytes) -> "ed25519.Ed25519PrivateKey":
    """Return the private key that a PEM holds."""
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    return key


def public_pem(key: "ed25519.Ed25519PrivateKey | ed25519.Ed25519PublicKey") -> str:
    """Return the public half as PEM."""
    public = key.public_key() if isinstance(key, ed25519.Ed25519PrivateKey) else key
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def public_bytes(key: "ed25519.Ed25519PrivateKey") -> bytes:
    """Return the 32 bytes of the public half."""
    return key.public_key().public_bytes_raw()


def pem_of_bytes(public: bytes) -> str:
    """Return 32 bytes of a public key as PEM."""
    return public_pem(ed25519.Ed25519PublicKey.from_public_bytes(public))


def bytes_of_pem(pem: bytes) -> bytes:
    """Return the 32 bytes of a public key.

    Raises:
        ValueError: it is no Ed25519 key.
    """
    try:
        key = serialization.load_pem_public_key(pem)
    except exceptions.UnsupportedAlgorithm as error:
        raise ValueError("a kind of key that nobody knows") from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise ValueError("another kind of key")
    return key.public_bytes_raw()


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


def is_signed_by(data: bytes, signature: bytes, public: bytes) -> bool:
    """Say whether the owner of the 32 bytes of a public key signed these bytes."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (ValueError, exceptions.InvalidSignature):
        return False
    return True
