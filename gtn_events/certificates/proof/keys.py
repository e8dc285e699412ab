"""The keys that sign certificates: one after the other in the instance folder, each with its name."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gtn_events.core import signing
from gtn_events.core.canonical import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER = "certificate-keys"


@dataclass(frozen=True)
class PublicKey:
    """The public half of a key; ``kid`` is its name, made from the key itself (RFC 7638).

    A retired key signs no more, and what it signed stands. Nothing counts that a withdrawn one signed: it was
    lost or copied.
    """

    kid: str
    public: bytes
    created_at: datetime
    retired_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def pem(self) -> str:
        """The key as programs such as openssl read it."""
        return signing.pem_of_bytes(self.public)


@dataclass(frozen=True)
class SigningKey:
    """The key that signs now."""

    kid: str
    private: "Ed25519PrivateKey" = field(repr=False)

    def sign(self, data: bytes) -> str:
        """Return the signature over bytes, as it stands in JSON."""
        return encoded(self.private.sign(data))


def signing_key(instance_dir: Path, *, now: datetime) -> SigningKey:
    """Return the newest key; the first one is made when it is first needed."""
    files = _files(instance_dir)
    if not files:
        _add(instance_dir, 1, now=now)
        files = _files(instance_dir)
    private = signing.read_key(json.loads(files[-1].read_text("utf-8"))["private"].encode())
    return SigningKey(kid_of(signing.public_bytes(private)), private)


def public_keys(instance_dir: Path, *, now: datetime) -> list[PublicKey]:
    """Return the public halves of all keys there ever were, the newest first."""
    signing_key(instance_dir, now=now)
    keys = [_public_key(path) for path in _files(instance_dir)]
    retired = [replace(key, retired_at=later.created_at) for key, later in pairwise(keys)]
    return [keys[-1], *reversed(retired)]


def rotate(instance_dir: Path, *, now: datetime) -> str:
    """Make a new key, which signs from now on, and return its name; the one before is retired."""
    files = _files(instance_dir)
    _add(instance_dir, int(files[-1].stem) + 1 if files else 1, now=now)
    return signing_key(instance_dir, now=now).kid


def withdraw(instance_dir: Path, kid: str, *, now: datetime) -> bool:
    """Say that nothing a key signed counts any more; False when there is no such key.

    The key that signs now is followed by a new one at once.
    """
    for path in _files(instance_dir):
        if _public_key(path).kid == kid:
            if signing_key(instance_dir, now=now).kid == kid:
                rotate(instance_dir, now=now)
            signing.keep_once(path.with_suffix(".withdrawn"), now.isoformat().encode())
            return True
    return False


def kid_of(public: bytes) -> str:
    """Return the name of a key: the thumbprint of RFC 7638."""
    return encoded(sha256(canonical({"crv": "Ed25519", "kty": "OKP", "x": encoded(public)})).digest())


def keys_file(keys: list[PublicKey], issuer: dict[str, str]) -> dict[str, Any]:  # Any: JSON
    """Return the published file: a set of JSON Web Keys (RFC 7517, RFC 8037) with the life of each."""
    return {"format": "gtn-keys-1", "issuer": issuer, "keys": [_published(key) for key in keys]}


def encoded(data: bytes) -> str:
    """Return bytes in base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """Return the bytes of base64url without padding.

    Raises:
        ValueError: it is another text, or not spelt as ``encoded`` does.
    """
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encoded(data) != text:
        raise ValueError("the text is not base64url")
    return data


def _published(key: PublicKey) -> dict[str, str]:
    life = {"created_at": key.created_at, "retired_at": key.retired_at, "withdrawn_at": key.withdrawn_at}
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": encoded(key.public),
        "kid": key.kid,
        "use": "sig",
        "alg": "EdDSA",
        **{name: moment.isoformat() for name, moment in life.items() if moment},
    }


def _public_key(path: Path) -> PublicKey:
    kept = json.loads(path.read_text("utf-8"))
    public = signing.public_bytes(signing.read_key(kept["private"].encode()))
    mark = path.with_suffix(".withdrawn")
    withdrawn_at = datetime.fromisoformat(mark.read_text("ascii")) if mark.exists() else None
    return PublicKey(kid_of(public), public, datetime.fromisoformat(kept["created_at"]), withdrawn_at=withdrawn_at)


def _files(instance_dir: Path) -> list[Path]:
    return sorted((instance_dir / FOLDER).glob("????.json"))


def _add(instance_dir: Path, number: int, *, now: datetime) -> None:
    """Keep a new key under a number, unless another process has done so at the same moment."""
    folder = instance_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {"created_at": now.isoformat(timespec="seconds"), "private": signing.private_pem(signing.new_key()).decode()}
    signing.keep_once(folder / f"{number:04}.json", json.dumps(kept).encode())
