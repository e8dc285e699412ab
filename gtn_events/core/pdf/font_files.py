"""Files that all processes share: where fonts and what is known of them are kept, and how a file gets there."""

import os
import tempfile
from pathlib import Path


def font_folder() -> Path:
    """Return where the static fonts are kept: ``GTN_FONT_DIR``, else the user's cache folder."""
    named = os.environ.get("GTN_FONT_DIR")
    if named:
        return Path(named).resolve()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache, "gtn-events", "fonts")


def keep_file(path: Path, data: bytes) -> None:
    """Write a file of the font folder whole or not at all, readable by every process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    unfinished = Path(file.name)
    unfinished.chmod(0o644)
    unfinished.replace(path)
