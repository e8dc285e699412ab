"""What happens between the tests: garbage is collected, and a process that stands still says where and ends.

pytest's own watch (``faulthandler_timeout``) ends a test that hangs where no signal reaches it. The one here ends what
hangs outside of a test, in a worker or in the process that hands the tests out.
"""

import faulthandler
import gc
import os
from collections.abc import Generator

import pytest

SECONDS_OF_STANDSTILL = 900.0
TESTS_BETWEEN_COLLECTIONS = 100


class BetweenTests:
    """One for each process of a run."""

    def __init__(self) -> None:
        self.terminal = os.dup(2)  # captured by nobody
        self.tests = 0

    def pytest_sessionstart(self) -> None:
        """Watch from the start."""
        self._watch()

    def pytest_collection_finish(self) -> None:
        """Leave what was loaded so far out of all collections, and let none come by itself.

        So what the collector finds belongs to tests that are over, and it interrupts none.
        """
        gc.collect()
        gc.freeze()
        gc.disable()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Run a test with everything it wants, then collect if it is time to."""
        try:
            return (yield)
        finally:
            self.tests += 1
            if self.tests % TESTS_BETWEEN_COLLECTIONS == 0:
                gc.collect()
            self._watch()

    def pytest_runtest_logfinish(self) -> None:
        """Where the workers report to, each test is a sign of life; in a worker, its own watch is what counts."""
        self._watch()

    def pytest_unconfigure(self) -> None:
        """Watch no longer."""
        faulthandler.cancel_dump_traceback_later()
        os.close(self.terminal)

    def _watch(self) -> None:
        faulthandler.dump_traceback_later(SECONDS_OF_STANDSTILL, exit=True, file=self.terminal)
