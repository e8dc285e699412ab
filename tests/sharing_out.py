"""How the processes of a run share its tests out: whole files, the longest work first.

What floods the machine runs in one process, one after the other, or each would measure the other. Files are the unit
because what their tests share is made once for each file.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

FLOODS = "tests/load/"
LONGEST_FIRST = ("tests/browser/test_axe_pages.py", FLOODS, "tests/packaging/", "tests/browser/", "tests/attack/")


class ByFile(LoadFileScheduling):
    """Hands out files, but the floods as one."""

    def _split_scope(self, nodeid: str) -> str:
        return FLOODS if nodeid.startswith(FLOODS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:  # Any: xdist's own
    """Return who hands the tests out, for ``--dist loadfile``."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest work first; all else stays in its order."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    return next((rank for rank, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start)), len(LONGEST_FIRST))
