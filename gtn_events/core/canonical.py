"""JSON in one form only, so that its fingerprint says whether anything is different."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def sha256_of(content: Mapping[str, Any]) -> str:  # Any: JSON
    """Return the SHA-256 of canonical JSON: sorted keys, no spaces, UTF-8."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:  # Any: JSON
    """Return JSON as RFC 8785 (JCS) spells it: sorted keys, no spaces, UTF-8.

    The content has no binary fractions, its keys are ASCII, and its whole numbers are below 2 ** 53: for that part of
    JSON the two agree.

    Raises:
        UnicodeEncodeError: a text has half of a surrogate pair.
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_canonical(text: bytes) -> Any:  # Any: JSON
    """Return what a text in that spelling says.

    Raises:
        ValueError: it is not JSON, or is spelt another way, or holds what the spelling has no place for.
    """
    try:
        content = json.loads(text, parse_float=_refused, parse_constant=_refused)
        if canonical(content) == text:
            return content
    except RecursionError:
        pass
    raise ValueError("the text is not canonical JSON")


def _refused(number: str) -> None:
    raise ValueError(f"{number} is not a whole number")
