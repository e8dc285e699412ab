"""Finding the templates: bundled in the wheel, or beside the package in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def template_folder() -> Path:
    """Return the folder of templates; the bundled one wins."""
    bundled = PACKAGE / "templates"
    return bundled if bundled.is_dir() else PACKAGE.parent / "templates"
