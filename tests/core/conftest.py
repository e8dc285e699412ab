"""Fixtures that tests of the ground share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gtn_events.core.pdf.fetcher import AssetFetcher

from .merge_pages import STYLE, TEMPLATE


@pytest.fixture
def write_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A template folder of the test's own; the function adds rules to its style."""
    folder = tmp_path / TEMPLATE
    folder.mkdir()
    monkeypatch.setattr("gtn_events.core.pdf.engine._FOLDER", tmp_path)
    monkeypatch.setattr("gtn_events.core.pdf.engine._fetcher", AssetFetcher(tmp_path))

    def write(more: str) -> None:
        (folder / "style.css").write_text(STYLE + more, encoding="utf-8")

    write("")
    return write
