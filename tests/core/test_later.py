"""A web process does not hold from its start what few requests need."""

import subprocess
import sys
from pathlib import Path

import pytest

from gtn_events.core.later import Later

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
    *("phonenumbers", "PIL", "puremagic", "scipy", "weasyprint", "xlsxwriter", "gtn_events.demo.whole"),
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
