"""A mail server that takes everything and remembers which Message-IDs it took."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MESSAGE_ID = re.compile(rb"^Message-ID: (.*?)\r?$", re.MULTILINE | re.IGNORECASE)


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if b"" in lines[-1:]:
            return
        found = MESSAGE_ID.search(b"".join(lines))
        self.server.taken.append(found.group(1).decode() if found else "")  # type: ignore[attr-defined]  # see below
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def smtp_sink() -> Iterator[tuple[int, list[str]]]:
    """Serve on a free port of this machine; gives the port and the list of Message-IDs taken."""
    taken: list[str] = []
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.taken = taken  # type: ignore[attr-defined]  # the handler reads it
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], taken
        finally:
            server.shutdown()
            thread.join()
