"""Printing in several processes at once, each with a warm printer: the parts that are sent, and what comes back."""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle, islice

from .printing import DocumentPage, Printed

MOST_PROCESSES = 2
_PROCESS = "gtn_events.core.pdf.print_process"
_AT_ONCE = 25  # documents a process is given at a time
_AHEAD = 4  # times as many are given out as are waited for, so that no process stands still


def print_in_processes(pages: Iterator[DocumentPage]) -> Generator[Printed, None, None]:
    """Print pages in their order, in processes that end with the last page."""
    count = min(MOST_PROCESSES, os.cpu_count() or 1)
    waiting: deque[Future[list[Printed]]] = deque()
    with ExitStack() as stack:
        processes = [stack.enter_context(PrintProcess()) for _ in range(count)]
        for process in cycle(processes):
            part = list(islice(pages, _AT_ONCE))
            if part:
                waiting.append(process.print(part))
            if waiting and (not part or len(waiting) >= _AHEAD * count):
                yield from waiting.popleft().result()
            if not part and not waiting:
                return


class PrintProcess:
    """A process that prints, and the thread that speaks with it.

    It ends when its input does: also when the process that started it is killed.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="print")
        command = [sys.executable, "-m", _PROCESS]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # our own

    def print(self, pages: list[DocumentPage]) -> Future[list[Printed]]:
        """Send pages; they are printed after those that were sent before."""
        return self._thread.submit(self._exchange, pages)

    def __enter__(self) -> "PrintProcess":
        return self

    def __exit__(self, *_error: object) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._process.communicate()

    def _exchange(self, pages: list[DocumentPage]) -> list[Printed]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a print process has no pipes")
        pickle.dump(pages, self._process.stdin)
        self._process.stdin.flush()
        printed: list[Printed] = pickle.load(self._process.stdout)  # noqa: S301  # from a process of our own
        return printed
