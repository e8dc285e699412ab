"""What a file is, told by its content; the name it came with is not believed."""

import zipfile
from enum import StrEnum
from io import BytesIO
from typing import IO, TYPE_CHECKING, Protocol

from gtn_events.core.later import Later

if TYPE_CHECKING:
    import puremagic
else:
    puremagic = Later("puremagic")


HEAD = 4096
TAIL = 64 * 1024
MOST_ZIP_ENTRIES = 5_000
LARGEST_UNPACKED = 256 * 1024 * 1024
LARGEST_RATIO = 120


class Content(Protocol):
    """What can be looked at: a file on the disk (a ``Path``), or bytes in memory."""

    def open(self, mode: str) -> IO[bytes]: ...

    def read_bytes(self) -> bytes: ...


class InMemory:
    """Bytes that never become a file, read like one."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def open(self, mode: str) -> IO[bytes]:  # noqa: ARG002  # as of a path
        """Return a reader of its own."""
        return BytesIO(self._data)

    def read_bytes(self) -> bytes:
        """Return everything."""
        return self._data


class FileKind(StrEnum):
    """The kinds of file that a field can allow; the value is the ending of the stored name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    CSV = "csv"
    TEXT = "txt"
    XML = "xml"

    @property
    def content_type(self) -> str:
        """The media type under which such a file is served."""
        return _CONTENT_TYPES[self]

    @property
    def label(self) -> str:
        """The word that a person uses for it."""
        return _LABELS.get(self, self.name)

    @property
    def endings(self) -> tuple[str, ...]:
        """Endings that names of such files have, the usual one first."""
        return {FileKind.JPEG: ("jpg", "jpeg"), FileKind.TEXT: ("txt", "md")}.get(self, (self.value,))


IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
_LABELS = {
    FileKind.TEXT: "text",
    FileKind.DOCX: "Word (DOCX)",
    FileKind.XLSX: "Excel (XLSX)",
    FileKind.PPTX: "PowerPoint (PPTX)",
    FileKind.WEBP: "WebP",
}
_OFFICE_PARTS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.DOCX: _OFFICE + "wordprocessingml.document",
    FileKind.XLSX: _OFFICE + "spreadsheetml.sheet",
    FileKind.PPTX: _OFFICE + "presentationml.presentation",
    FileKind.CSV: "text/csv",
    FileKind.TEXT: "text/plain",
    FileKind.XML: "application/xml",
}
# Readers accept a kilobyte of anything before a PDF: a web page could be one, too. A byte order mark is enough.
_BEFORE_PDF = b"\xef\xbb\xbf \t\r\n"
_ZIP_ENTRY = b"PK\x01\x02"
_TOO_LARGE_UNPACKED = "an archive that grows far too large when it is unpacked"
_NAMES_OF_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, XLS or PPT)"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"{\\rtf", "an RTF text"),
)


def sniff(path: Content) -> FileKind | str:
    """Return the kind of a file, or words for what it is when it is none of ours.

    Plain text of any sort is ``TEXT``; whether it may stand for CSV is the field's decision.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return FileKind.PDF if _ends_like_pdf(path) else "a PDF that is cut off"
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head.startswith(b"PK\x03\x04"):
        # Counted before the directory is read: hundreds of thousands of entries fit into some megabytes.
        too_many = path.read_bytes().count(_ZIP_ENTRY) > MOST_ZIP_ENTRIES
        return _TOO_LARGE_UNPACKED if too_many else _zip_kind(path)
    return _text_kind(head) or _other(head)


def _ends_like_pdf(path: Content) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        return b"%%EOF" in file.read()


def _zip_kind(path: Content) -> FileKind | str:
    """Look into the directory of a ZIP only: nothing is unpacked, so nothing can blow up."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "a ZIP archive that is broken"
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return "a ZIP archive"
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(packed, 1):
        return _TOO_LARGE_UNPACKED
    if any(name.endswith("vbaProject.bin") for name in names):
        return "an Office file with macros"
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), "an Office file of another kind")


def _text_kind(head: bytes) -> FileKind | str | None:
    """Tell text from bytes; a head that is cut may end within a character, so its last three bytes are forgiven."""
    shortest = len(head) - 3 if len(head) == HEAD else len(head)
    for end in range(len(head), shortest - 1, -1):
        try:
            text = head[:end].decode("utf-8-sig")
            break
        except UnicodeDecodeError:
            continue
    else:
        return None
    if "\x00" in text:
        return None
    start = text.lstrip().lower()
    if "<svg" in start:
        return "an SVG drawing"
    if start.startswith(("<!doctype html", "<html", "<script")):
        return "a web page (HTML)"
    return FileKind.XML if start.startswith("<") else FileKind.TEXT


def _other(head: bytes) -> str:
    for start, words in _NAMES_OF_OTHERS:
        if head.startswith(start):
            return words
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "of a kind that cannot be told"
    return f"of the kind “{matches[0].name}”" if matches and matches[0].name else "of a kind that cannot be told"
