"""Each test reads the programme afresh: the tests use the same ids and moments again."""

from collections.abc import Iterator

import pytest

from gtn_events.forum.views.programme.cache import forget_programmes


@pytest.fixture(autouse=True)
def fresh_programmes() -> Iterator[None]:
    """Forget what an earlier test's programme looked like."""
    forget_programmes()
    yield
    forget_programmes()
