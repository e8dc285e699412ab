"""Looking at a file before it is kept: its size, its kind, whether it can be opened."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from werkzeug.datastructures import FileStorage

from ..errors import UploadRefused
from ..text import readable_size
from .images import redraw
from .kinds import IMAGES, Content, FileKind, InMemory, sniff
from .names import safe_name, shown_name

SPREADSHEET_TEXT = (FileKind.CSV, FileKind.TEXT)


@dataclass(frozen=True)
class CheckedContent:
    """A file that was looked at in memory; pictures are drawn anew."""

    name: str
    kind: FileKind
    data: bytes = field(repr=False)


def checked_content(file: FileStorage, *, allowed: Sequence[FileKind], max_bytes: int) -> CheckedContent:
    """Look at a file without writing it anywhere.

    Raises:
        UploadRefused: as ``store_upload``.
    """
    shown = shown_name(file.filename)
    refuse_size(file, max_bytes, shown=shown)
    content = InMemory(file.stream.read())
    kind = kind_of(content, file.filename or "", allowed, shown=shown)
    if kind in IMAGES:
        drawn = BytesIO()
        redraw(content, drawn, kind, shown=shown)
        content = InMemory(drawn.getvalue())
    return CheckedContent(safe_name(file.filename or "", kind), kind, content.read_bytes())


def refuse_size(file: FileStorage, max_bytes: int, *, shown: str) -> None:
    """Raise ``UploadRefused`` for a file that is empty or larger than ``max_bytes``, and rewind it."""
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    if size == 0:
        raise UploadRefused(f"The file {shown} is empty (0 bytes). Choose another one.")
    if size > max_bytes:
        raise UploadRefused(
            f"The file {shown} has {readable_size(size)}; the limit is {readable_size(max_bytes)}. "
            "Choose a smaller one."
        )


def kind_of(path: Content, name: str, allowed: Sequence[FileKind], *, shown: str) -> FileKind:
    """Return the kind of a content that is allowed.

    Raises:
        UploadRefused: it is of another kind.
    """
    found = sniff(path)
    if found is FileKind.TEXT:
        wanted = [kind for kind in SPREADSHEET_TEXT if kind in allowed]
        ending = name.rpartition(".")[2].lower()
        found = next((kind for kind in wanted if ending in kind.endings), wanted[0] if wanted else FileKind.TEXT)
    if found in allowed and isinstance(found, FileKind):
        return found
    words = _with_article(found.label) if isinstance(found, FileKind) else found
    labels = [kind.label for kind in allowed]
    choice = " or ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    raise UploadRefused(f"The file {shown} is {words}. Choose a file of the kind {choice}.")


def _with_article(label: str) -> str:
    return f"an {label} file" if label[0] in "XE" else f"a {label} file"
