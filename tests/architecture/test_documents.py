"""The documents say what is there, all of it, and nothing else."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
VARIABLE = re.compile(r"\bGTN_[A-Z_]+[A-Z]\b")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
TABLE_NAME = re.compile(r"^\| `?([\w.-]+)`? \|", re.MULTILINE)
# Neither a path of one person's machine nor the address of a package registry belongs into the repository.
PRIVATE = re.compile(r"(?<![\w/.])/(?:home|Users|root|work)/|files\.pythonhosted|https?://\S*/simple\b")


def read(path: Path) -> str:
    return path.read_text("utf-8")


def section(document: str, heading: str) -> str:
    """Return the part of a document below one heading."""
    return document.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_readme_lists_every_setting_and_no_other() -> None:
    in_code = {name for path in (ROOT / "gtn_events").rglob("*.py") for name in VARIABLE.findall(read(path))}
    listed = set(TABLE_NAME.findall(section(read(ROOT / "README.md"), "Configuration"))) - {"variable"}
    assert listed == in_code


def test_documents_name_only_settings_that_exist() -> None:
    in_code = {name for path in (ROOT / "gtn_events").rglob("*.py") for name in VARIABLE.findall(read(path))}
    assert {name for path in DOCUMENTS for name in VARIABLE.findall(read(path))} - in_code == set()


def test_every_dependency_is_justified_and_no_other() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    text = read(ROOT / "docs" / "dependencies.md")
    for heading, wanted in (
        ("To run", project["dependencies"]),
        ("To develop", project["optional-dependencies"]["dev"]),
    ):
        names = {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in wanted}
        assert set(TABLE_NAME.findall(section(text, heading))) - {"package"} == names


def test_every_link_of_a_document_leads_to_a_file() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(read(path))
        if not target.startswith(("http:", "https:", "mailto:")) and not (path.parent / target).exists()
    ]
    assert broken == []


def test_no_file_names_a_private_path_or_a_registry() -> None:
    folders = ("docs", "requirements", "scripts", ".ci", "gtn_events", "templates", "bench")
    paths = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".md", ".txt", ".sh", ".py", ".html", ".toml", ""}
    ]
    paths += [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml")]
    wrong = {
        str(path.relative_to(ROOT)): PRIVATE.findall(read(path)) for path in paths if "__pycache__" not in path.parts
    }
    assert {name: found for name, found in wrong.items() if found} == {}
