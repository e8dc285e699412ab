"""Signed-in people at their browsers: one connection a request, on the loopback address only."""

import http.client
import re
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlencode

# Only ends what hangs: on a busy machine the last of some hundred at once waits for a minute.
TIMEOUT = 300.0
BOUNDARY = b"--gtn-boundary"
Result = TypeVar("Result")


@dataclass(frozen=True)
class Reply:
    """One answer, and when (on this machine's steady clock) it was asked for and had come."""

    status: int
    location: str
    text: str
    asked_at: float
    came_at: float


class Browser:
    """One person's browser with their cookies."""

    def __init__(self, account_id: int, cookies: dict[str, str]) -> None:
        self.account_id = account_id
        self.cookies = dict(cookies)
        self._csrf = ""

    def open_form(self, port: int, path: str) -> None:
        """Load a page with a form and remember its token."""
        self.read_token(self.get(port, path))

    def read_token(self, reply: Reply) -> None:
        """Remember the token of a page with a form."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', reply.text)
        assert found is not None, (reply.status, reply.location, reply.text[:2000])
        self._csrf = found[1]

    def get(self, port: int, path: str) -> Reply:
        """Load a page."""
        return self._ask(port, "GET", path, None)

    def post(self, port: int, path: str, **fields: str) -> Reply:
        """Send the form that was opened last."""
        body = urlencode({"csrf_token": self._csrf, **fields}).encode()
        return self._ask(port, "POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, port: int, path: str, field: str, name: bytes, content: bytes, **fields: str) -> Reply:
        """Send the form that was opened last with a file, under any name, also one that no browser would send."""
        parts = [
            f'form-data; name="{each}"\r\n\r\n{value}'.encode()
            for each, value in {"csrf_token": self._csrf, **fields}.items()
        ]
        parts.append(f'form-data; name="{field}"; filename="'.encode() + name + b'"\r\n\r\n' + content)
        body = b"".join(BOUNDARY + b"\r\nContent-Disposition: " + part + b"\r\n" for part in parts)
        content_type = f"multipart/form-data; boundary={BOUNDARY[2:].decode()}"
        return self._ask(port, "POST", path, body + BOUNDARY + b"--\r\n", content_type)

    def _ask(self, port: int, method: str, path: str, body: bytes | None, content_type: str = "") -> Reply:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Connection": "close",
        }
        if body is not None:
            headers["Content-Type"] = content_type
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        asked_at = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(response.status, response.getheader("Location") or "", text, asked_at, time.monotonic())


def all_at_once(acts: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do every act in a thread of its own, all at the same moment, and return the results in their order."""
    together = Barrier(len(acts))

    def do(act: Callable[[], Result]) -> Result:
        together.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def some_at_once(acts: Iterable[Callable[[], Result]], *, threads: int) -> list[Result]:
    """Do the acts one after the other in each of some threads, and return the results in their order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda act: act(), acts))
