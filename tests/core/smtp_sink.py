"""A mail server that remembers which Message-IDs it took, and can misbehave in the known ways."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MESSAGE_ID = re.compile(rb"^Message-ID: (.*?)\r?$", re.MULTILINE | re.IGNORECASE)
END = b".\r\n"


@dataclass
class Sink:
    """What the server took, and how it behaves.

    ``answers=False`` hangs up after the text of a mail without a word; ``refuses=True``
    knows no recipient; ``mails_a_connection`` hangs up after so many mails.
    """

    answers: bool = True
    refuses: bool = False
    mails_a_connection: int = 0
    port: int = 0
    connections: int = 0
    taken: list[str] = field(default_factory=list)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        sink = self.server.sink
        sink.connections += 1
        mails = 0
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                if not self._take():
                    return
                mails += 1
                if mails == sink.mails_a_connection:
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            elif verb == b"RCPT" and sink.refuses:
                self._say("550 no such person")
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        """Read a mail up to its end; one that breaks off was not taken."""
        lines = []
        while (line := self.rfile.readline()) != END:
            if not line:
                return False
            lines.append(line)
        if not self.server.sink.answers:
            return False
        found = MESSAGE_ID.search(b"".join(lines))
        self.server.sink.taken.append(found.group(1).decode() if found else "")
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def smtp_sink(*, answers: bool = True, refuses: bool = False, mails_a_connection: int = 0) -> Iterator[Sink]:
    """Serve on a free port of this machine until the block ends."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.sink = sink = Sink(
            answers=answers, refuses=refuses, mails_a_connection=mails_a_connection, port=server.server_address[1]
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
