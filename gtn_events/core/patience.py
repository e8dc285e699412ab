"""Slowing down those who ask too often: what one client does is counted, in this process and for a while."""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

MOST_CLIENTS = 4096


class MissCounter:
    """Remembers when each client missed, in this process and for a while only.

    Memory is enough: a serial has 30 secret bits, so this keeps a machine from being
    loaded, it does not keep a secret.
    """

    def __init__(self, *, misses: int, window: timedelta) -> None:
        self._misses = misses
        self._window = window
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str, *, now: datetime) -> timedelta:
        """Return how long a client has to wait before the next try; zero when it need not."""
        with self._lock:
            times = self._seen.get(client)
            if times is None or len(times) < self._misses:
                return timedelta(0)
            return max(times[0] + self._window - now, timedelta(0))

    def forget(self) -> None:
        """Count anew for everybody."""
        with self._lock:
            self._seen.clear()

    def miss(self, client: str, *, now: datetime) -> None:
        """Count one try that found nothing."""
        with self._lock:
            times = self._seen.setdefault(client, deque(maxlen=self._misses))
            times.append(now)
            self._seen.move_to_end(client)
            if len(self._seen) > MOST_CLIENTS:
                self._seen.popitem(last=False)
