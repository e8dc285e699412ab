"""What a process remembers of programmes: the values read, and the page fragments made of them."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import Generic, TypeVar

from gtn_events.core.static_files import static_version
from gtn_events.core.templating import template_folder

from ...models import Forum
from ...queries.programme import Programme, load_programme

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The values used last, at most ``most`` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now if it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()  # outside the lock: two threads may make it, none waits
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()


fragments: Remembered[str] = Remembered(128)
calendars: Remembered[bytes] = Remembered(4)
_programmes: Remembered[Programme] = Remembered(4)

Version = tuple[int, str, int, str]


def programme_version(forum: Forum) -> Version | None:
    """Return what changes with every write to the programme or the forum; None while nothing was ever written."""
    if forum.programme_changed_at is None:
        return None
    return forum.id, forum.programme_changed_at.isoformat(), forum.lock_version, forum.time_zone


def programme_of(forum: Forum) -> Programme:
    """Return the programme, from memory while it is unchanged."""
    version = programme_version(forum)
    return load_programme(forum) if version is None else _programmes.get(version, lambda: load_programme(forum))


def forget_programmes() -> None:
    """Empty the memory; for tests that use the same ids again."""
    _programmes.clear()
    fragments.clear()
    calendars.clear()


@cache
def template_version() -> str:
    """Return a digest of every template and of the files they name, equal in all processes of one release."""
    digest = hashlib.blake2b(static_version().encode(), digest_size=8)
    for path in sorted(template_folder().rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
