"""Reading the published files: keys, and the list of certificates that were revoked or replaced."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gtn_events.core import signing
from gtn_events.core.canonical import canonical

from .keys import PublicKey, decoded, kid_of

_STATES = {"revoked", "replaced"}


class UnreadableFile(ValueError):
    """A published file is not one, or nobody whose key we hold has signed it."""


@dataclass(frozen=True)
class TrustedKey:
    """The public half of a key, and whether it was withdrawn."""

    public: bytes
    withdrawn: bool


@dataclass(frozen=True)
class PublishedKeys:
    """The keys that somebody who checks trusts, by name."""

    keys: dict[str, TrustedKey]

    def key(self, kid: str) -> TrustedKey | None:
        """Return a key by its name."""
        return self.keys.get(kid)


@dataclass(frozen=True)
class PublishedList:
    """What was revoked or replaced: by number the day, and which of the two."""

    listed_at: datetime
    entries: dict[int, tuple[date, str]]


def read_keys(data: bytes) -> PublishedKeys:
    """Return the keys of a published file: JSON, or one key as PEM.

    Names are made from the keys themselves: what the file calls them does not count.

    Raises:
        UnreadableFile: it is neither.
    """
    try:
        if data.lstrip().startswith(b"-----BEGIN"):
            return _one_key(signing.bytes_of_pem(data))
        published = json.loads(data)["keys"]
        keys = [(decoded(each["x"]), "withdrawn_at" in each) for each in published if each["crv"] == "Ed25519"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile("This is no file of public keys.") from error
    return PublishedKeys({kid_of(public): TrustedKey(public, withdrawn) for public, withdrawn in keys})


def trusted(keys: list[PublicKey]) -> PublishedKeys:
    """Return this site's own keys as somebody who checks holds them."""
    return PublishedKeys({key.kid: TrustedKey(key.public, key.withdrawn_at is not None) for key in keys})


def read_list(data: bytes, keys: PublishedKeys) -> PublishedList:
    """Return a published list of revocations that one of the keys has signed.

    Raises:
        UnreadableFile: it is no such list.
    """
    try:
        published = json.loads(data)
        content, key = published["revocations"], keys.key(published["key"])
        signature = decoded(published["signature"])
        if content["format"] != "gtn-revocations-1":
            raise UnreadableFile("This list has another format.")
        if key is None or key.withdrawn or not signing.is_signed_by(canonical(content), signature, key.public):
            raise UnreadableFile("The list of revocations was not signed by one of these keys.")
        return PublishedList(datetime.fromisoformat(content["listed_at"]), dict(map(_entry, content["certificates"])))
    except UnreadableFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile("This is no list of revocations.") from error


def _entry(row: Any) -> tuple[int, tuple[date, str]]:  # Any: JSON
    number, on, state = row
    if state not in _STATES:
        raise ValueError(state)
    return int(number), (date.fromisoformat(on), state)


def _one_key(public: bytes) -> PublishedKeys:
    return PublishedKeys({kid_of(public): TrustedKey(public, withdrawn=False)})
