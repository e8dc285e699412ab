"""Which module may know which: the contracts of pyproject.toml, and what they cannot say."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gtn_events"
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
# Of Flask, a domain function may know nothing: it has no request, no session, no configuration.
FLASK_STATE = {"request", "session", "g", "current_app", "flash", "redirect", "render_template", "url_for", "abort"}


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield name and tree of each module that stands in one of the rooms (all modules when none is named)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if not rooms or set(rooms) & set(parts):
            yield ".".join(parts), ast.parse(path.read_text("utf-8"))


def test_packages_import_downwards_only() -> None:
    # A process of its own: the linter sets up logging and silences every logger that is there already.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_no_module_is_a_drawer() -> None:
    assert [name for name, _ in modules() if set(name.split(".")) & DRAWERS] == []


def test_domain_functions_never_commit() -> None:
    commits = [
        f"{name}:{node.lineno}"
        for name, tree in modules("domain", "queries", "models")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert commits == []


def test_domain_functions_never_see_the_request_or_the_clock() -> None:
    seen = [
        f"{name}:{node.lineno} {alias.name}"
        for name, tree in modules("domain", "queries", "models")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module == "flask" and alias.name in FLASK_STATE) or alias.name == "clock"
    ]
    assert seen == []


def test_one_module_alone_changes_how_many_seats_are_taken() -> None:
    changes = {name for name, tree in modules() for node in ast.walk(tree) if changes_taken(node)}
    assert changes == {"core.seats"}


def changes_taken(node: ast.AST) -> bool:
    """Say whether a node is ``pool.taken = ...`` or ``update(...).values(taken=...)``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
        return any(keyword.arg == "taken" for keyword in node.keywords)
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "taken" for target in targets)
    return False
