"""The command line tells differences by its exit code and bad settings in one line."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from gtn_events import cli
from gtn_events.core import integrity


def run(*arguments: str, app: Flask) -> tuple[int, str]:
    result = CliRunner().invoke(cli.group, list(arguments), obj=ScriptInfo(create_app=lambda: app))
    return result.exit_code, result.output


@pytest.mark.usefixtures("database")
def test_check_says_that_everything_agrees(app: Flask) -> None:
    assert run("check", app=app) == (0, "Everything agrees.\n")


@pytest.mark.usefixtures("database")
def test_check_names_each_difference_and_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "_checks", {"seats": lambda: ["Delegates: 3 taken, 2 counted."]})
    assert run("check", app=app) == (1, "seats: Delegates: 3 taken, 2 counted.\nDifferences found: 1\n")


def test_commands_of_the_system_are_there(app: Flask) -> None:
    _, output = run("--help", app=app)
    for name in ("check", "db", "serve", "worker"):
        assert f"\n  {name} " in output


def test_wrong_setting_is_one_readable_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GTN_INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("GTN_MAIL_URL", "pigeon://roof")
    monkeypatch.setattr("sys.argv", ["gtn-events", "check"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert str(end.value) == "gtn-events: GTN_MAIL_URL must start with file:, memory: or smtp://."
