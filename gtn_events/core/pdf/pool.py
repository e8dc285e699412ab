"""Printing in several processes at once, each with a warm printer."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import wait

from .printer import Printer
from .printing import DocumentPage, Printed

MOST_PROCESSES = 2
_AT_ONCE = 25  # documents a process is given at a time
_AHEAD = 4  # times as many are given out as are waited for, so that no process stands still


def processes_at_hand() -> int:
    """Return how many processes print at once."""
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


def print_in_processes(pages: Iterator[DocumentPage]) -> Iterator[Printed]:
    """Print pages in their order, in processes that end with the last page."""
    count = processes_at_hand()
    context = multiprocessing.get_context("spawn")  # threads hold locks here that a forked process would never get
    waiting: deque[Future[list[Printed]]] = deque()
    with ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            while part := list(islice(pages, _AT_ONCE)):
                waiting.append(pool.submit(_print_part, part))
                if len(waiting) >= _AHEAD * count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_own: list[Printer] = []


def _print_part(pages: list[DocumentPage]) -> list[Printed]:
    """Print pages in a process of the pool, which keeps its printer warm."""
    if not _own:
        _own.append(Printer())
    return [_own[0].print(page) for page in pages]


def _end_with_parent() -> None:
    """Let a process of the pool end when the one that started it is killed: nobody else would tell it."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        wait([parent.sentinel] if parent else [])
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
