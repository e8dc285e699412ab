"""Safe names for stored files: any script, no path, no control characters."""

import re

from ..text import clean_text
from .kinds import FileKind

LONGEST = 120
FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def safe_name(name: str, kind: FileKind) -> str:
    """Return the name as a person gave it, last path part only, ending like what it is."""
    last = re.split(r"[/\\]", clean_text(name))[-1]
    last = " ".join(FORBIDDEN.sub(" ", last).split()).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = last, kind.value
    return f"{(stem.strip('. ') or 'file')[: LONGEST - len(ending) - 1]}.{ending}"


def shown_name(name: str | None) -> str:
    """Return a name short and clean enough to stand in a message."""
    last = re.split(r"[/\\]", clean_text(name or ""))[-1].replace("\n", " ").replace("\t", " ")
    return (last[:57] + "…" if len(last) > 60 else last) or "without a name"
