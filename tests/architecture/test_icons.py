"""The sprite of icons holds what pages show, and nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = (("templates", ".html"), ("gtn_events", ".py"), ("gtn_events/static", ".js"))
CALLS = (re.compile(r'\bicon\("([\w-]+)"\)'), re.compile(r'\bicon="([\w-]+)"'))


def test_every_icon_named_is_in_the_sprite() -> None:
    assert {name for call in CALLS for name in call.findall(_sources())} - _sprite() == set()


def test_every_icon_in_the_sprite_is_named_somewhere() -> None:
    named = set(re.findall(r"[\"'#]([\w-]+)[\"']", _sources()))
    assert _sprite() - named == set()


def _sprite() -> set[str]:
    return set(re.findall(r'<symbol[^>]* id="([^"]+)"', (ROOT / "gtn_events/static/icons.svg").read_text("utf-8")))


def _sources() -> str:
    return "\n".join(
        path.read_text("utf-8") for folder, suffix in PLACES for path in sorted((ROOT / folder).rglob(f"*{suffix}"))
    )
