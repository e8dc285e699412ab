"""Serials such as ``P13-000412-7KXQM2``: made, and read back however they were typed."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from gtn_events.core.text import normal_form

# Crockford's base 32: no I, L, O, U, so that nothing can be misread (crockford.com/base32.html).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_DIGITS = 6
CHECK_LETTERS = 6
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_TYPED = re.compile(
    rf"(?P<prefix>[0-9A-Z]+?)(?P<number>[0-9]{{{NUMBER_DIGITS}}})(?P<check>[0-9A-Z]{{{CHECK_LETTERS}}})"
)


@dataclass(frozen=True)
class TypedSerial:
    """The parts of a serial as somebody typed it, with letters that are easily misread made digits."""

    prefix: str
    number: int
    check: str


def make_serial(prefix: str, number: int, *, secret_key: str) -> str:
    """Return prefix, number and six check letters; without the key nobody can guess them."""
    plain = f"{prefix}-{number:0{NUMBER_DIGITS}d}"
    digest = hmac.digest(secret_key.encode(), f"certificate serial {plain}".encode(), hashlib.sha256)
    value = int.from_bytes(digest[:8])
    check = "".join(ALPHABET[(value >> 5 * place) & 31] for place in range(CHECK_LETTERS))
    return f"{plain}-{check}"


def read_serial(text: str) -> TypedSerial | None:
    """Return the parts of a serial in any spelling, or None when it cannot be one.

    Lower case, missing or odd dashes, spaces, O for 0, I or L for 1, and a pasted
    address of the verification page are all understood.
    """
    found = _TYPED.fullmatch(fold_serial(text.strip().rstrip("/").rsplit("/", 1)[-1]))
    return TypedSerial(found["prefix"], int(found["number"]), found["check"]) if found else None


def fold_serial(text: str) -> str:
    """Return the letters and digits alone, as they are compared."""
    plain = normal_form("NFKC", text).upper()
    return "".join(each for each in plain if each.isascii() and each.isalnum()).translate(_MISREAD)
