"""The font folder: static fonts made once, shared by all processes, and the only ones documents may use."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from weasyprint.text.fonts import FontConfiguration

from .families import LATIN, Family
from .font_files import font_folder, keep_file
from .instancing import write_static

WEIGHTS = {"regular": 400, "bold": 700}


def prepare_family(family: Family) -> Path:
    """Return the folder of a family's regular and bold font, made on first use.

    The folder appears whole or not at all and never changes afterwards, so that several
    processes may prepare the same family at once.
    """
    folder = font_folder() / family.slug
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        for name, weight in WEIGHTS.items():
            write_static(family.source, unfinished / f"{name}.ttf", weight=weight, without=family.without)
        unfinished.chmod(0o755)
        unfinished.rename(folder)
    except OSError:
        # Another process was first; its fonts are the same ones.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


class FontSet:
    """The families a process has loaded; it grows as documents need more."""

    def __init__(self) -> None:
        self._loaded: tuple[Family, ...] = ()
        self._configuration: FontConfiguration | None = None

    def configuration_for(self, families: Iterable[Family]) -> FontConfiguration:
        """Return WeasyPrint's font configuration with at least these families and the Latin pair."""
        wanted = tuple(dict.fromkeys((*self._loaded, *LATIN, *families)))
        if self._configuration is None or wanted != self._loaded:
            self._configuration = _configuration([prepare_family(family) for family in wanted])
            self._loaded = wanted
        return self._configuration


def _configuration(folders: list[Path]) -> FontConfiguration:
    # Fontconfig reads the variable when WeasyPrint makes a configuration. It is put back
    # at once: a browser that this process starts later must see the system's own fonts.
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_configuration_file(folders))
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _configuration_file(folders: list[Path]) -> Path:
    lines = [f"  <dir>{escape(str(folder))}</dir>" for folder in sorted(folders)]
    text = "\n".join(
        (
            '<?xml version="1.0"?>',
            '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
            "<fontconfig>",
            *lines,
            f"  <cachedir>{escape(str(font_folder() / 'fontconfig'))}</cachedir>",
            "</fontconfig>",
            "",
        )
    )
    path = font_folder() / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not path.is_file():
        keep_file(path, text.encode())
    return path
