"""The ring of keys: the first one seals, every one opens."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app

from gtn_events.config import Settings

from .errors import SealingUnavailable

DERIVED = "derived"


@dataclass(frozen=True)
class KeyRing:
    """Keys of 32 bytes by their names; ``newest`` names the one that seals."""

    newest: str
    keys: Mapping[str, bytes] = field(repr=False)


def key_ring() -> KeyRing:
    """Return the keys of this site: those of the settings; a demonstration and a developer derive one.

    Raises:
        SealingUnavailable: there is none.
    """
    settings: Settings = current_app.config["SETTINGS"]
    keys = dict(settings.sealing_keys)
    if settings.demo or settings.development:
        keys[DERIVED] = hmac.digest(settings.secret_key.encode(), b"gtn-events sealing key", hashlib.sha256)
    if not keys:
        raise SealingUnavailable(
            "This site has no key for confidential data yet, so nothing was kept. Ask the administrator to set "
            "GTN_SEALING_KEYS, then try again."
        )
    return KeyRing(next(iter(keys)), keys)
