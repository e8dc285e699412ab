"""A web process does not hold from its start what few requests need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gtn_events.core.later import Later, loaded_later

CODE = """
import sys
sys.modules["redis"] = None  # an extra package, which brings others
from gtn_events import cli
from gtn_events.app import create_app
create_app()
print(*sorted(sys.modules))
"""
LATER = (
    *("alembic", "cryptography", "docx", "flask_migrate", "fontTools", "highspy", "icalendar", "numpy", "ortools"),
    *("phonenumbers", "PIL", "psycopg", "puremagic", "pypdfium2", "scipy", "weasyprint", "xlsxwriter"),
    "gtn_events.demo.whole",
)


def test_web_process_begins_without_what_few_requests_need(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GTN_INSTANCE_DIR", str(tmp_path))
    printed = subprocess.run([sys.executable, "-c", CODE], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert set(LATER) & set(printed.split()) == set()


def test_module_is_there_when_it_is_asked_for() -> None:
    later = Later("json.tool")
    assert later.main.__module__ == "json.tool"
    with pytest.raises(AttributeError):
        _ = later.nothing_of_the_kind


def test_module_that_another_one_imports_is_loaded_by_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with loaded_later("colorsys"):
        import colorsys  # noqa: PLC0415  # as another module would
    assert "colorsys" not in sys.modules
    assert colorsys.rgb_to_hsv(1, 1, 1) == (0.0, 0.0, 1)
    assert "colorsys" in sys.modules


def test_module_that_is_there_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with loaded_later("json"):
        assert sys.modules["json"] is json
    assert sys.modules["json"] is json
