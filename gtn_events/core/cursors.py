"""The place in a list as it stands in the address: the last row's sort value and id."""

import base64
import binascii
import enum
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

LONGEST = 2000
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Cursor:
    """Rows past this one are wanted, or before it if ``backward``.

    ``position`` is the row's place counted from 1, for showing only; a stale or forged
    one cannot lead to rows that the query does not give.
    """

    value: Any  # Any: a value of whatever column the list is sorted by
    tie: int
    position: int
    backward: bool

    def fits(self, kind: type) -> bool:
        """Say whether the value can be compared with a column of this Python type."""
        if issubclass(kind, enum.Enum):
            return isinstance(self.value, enum.Enum) or self.value in {member.value for member in kind}
        if kind in {int, float}:
            return isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return isinstance(self.value, kind)


def write_cursor(cursor: Cursor) -> str:
    """Return the cursor as one word for the address."""
    parts = [int(cursor.backward), cursor.position, cursor.tie, *_pack(cursor.value)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(word: str) -> Cursor | None:
    """Return the cursor of a word from the address, None for anything that is not one."""
    if not word or len(word) > LONGEST or not word.isascii():
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        backward, position, tie, tag, value = parts
        if not all(type(each) is int and 0 <= each <= LARGEST_ID for each in (backward, position, tie)):
            return None
        return Cursor(_unpack(tag, value), tie, position, bool(backward))
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError):
        return None


def _pack(value: Any) -> tuple[str, Any]:  # Any: see Cursor
    if isinstance(value, enum.Enum):
        return "v", value.value
    if isinstance(value, datetime):
        return "t", value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    return "v", value


def _unpack(tag: str, value: Any) -> Any:  # Any: see Cursor
    if tag == "t":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("naive")
        return moment
    if tag == "d":
        return date.fromisoformat(value)
    if value is not None and not isinstance(value, str | int | float | bool):
        raise ValueError("not a value")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("NUL")
    if isinstance(value, int) and abs(value) > LARGEST_ID:
        raise ValueError("too large")
    return value
