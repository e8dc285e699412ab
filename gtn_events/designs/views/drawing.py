"""Drawing pictures of designs: one at a time in a process, and not more for one person than an eye can follow."""

import math
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from flask import Response
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import set_reading
from gtn_events.core.patience import MissCounter

LONGEST_WAIT = 20  # seconds that a request waits for its turn
KEPT_FOR = 3600  # seconds that a browser keeps the picture of a version, which does not change
_turn = threading.Lock()
# Of one person at once; each that waits keeps one of the few threads that answer everybody.
MOST_AT_ONCE = 3  # previews: the editor asks for the newest only
STILL_AT_ONCE = 6  # pictures of a page, of which a browser asks for so many
MINUTE = timedelta(minutes=1)
_drawn = MissCounter(misses=150, window=MINUTE)
_places: Counter[tuple[str, int]] = Counter()
_counting = threading.Lock()
Drawn = TypeVar("Drawn")


def draw(act: Callable[[], Drawn]) -> Drawn:
    """Return what is drawn, when its turn comes.

    Raises:
        TooManyRequests: the person had more drawn within a minute than anybody looks at.
        ServiceUnavailable: others are drawing for too long.
    """
    now, person = clock.now(), str(current_account().id)
    if wait := _drawn.wait(person, now=now):
        raise TooManyRequests(retry_after=math.ceil(wait.total_seconds()))
    _drawn.miss(person, now=now)
    set_reading(True)
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise ServiceUnavailable(retry_after=LONGEST_WAIT)
    try:
        return act()
    finally:
        _turn.release()


def forget_drawn() -> None:
    """Count anew for everybody; for tests that use the same ids again."""
    _drawn.forget()


@contextmanager
def place_in_line(line: str = "previews", *, most: int = MOST_AT_ONCE) -> Iterator[None]:
    """Hold one of the places that the present person has in a line.

    Raises:
        TooManyRequests: all are taken; the page asks again.
    """
    place = line, current_account().id
    with _counting:
        if _places[place] >= most:
            raise TooManyRequests(retry_after=1)
        _places[place] += 1
    try:
        yield
    finally:
        with _counting:
            _places.subtract([place])
            if not _places[place]:
                del _places[place]


def png(data: bytes, *, kept_for: int = 0) -> Response:
    """Return a picture that only this browser may keep, for so many seconds."""
    response = Response(data, mimetype="image/png")
    response.headers["Cache-Control"] = f"private, max-age={kept_for}" if kept_for else "private, no-store"
    return response
