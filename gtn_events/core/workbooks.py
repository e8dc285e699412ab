"""Reads the first sheet of an xlsx as it streams by: no tree is built, and no file keeps us busy for long."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # the types alone; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from .errors import UploadRefused

LAST_COLUMN = 200
LAST_ROW = 1_048_576  # Excel's own limit
LONGEST_CELL = 32_767  # Excel's own limit
# Two thousand lines with two hundred filled columns stay below both.
LARGEST_PART = 64 * 1024 * 1024
MOST_EVENTS = 2_000_000
# One text can stand in every cell: what is pointed at is counted each time.
MOST_SIGNS = 5_000_000
LARGEST_INDEX = 1024 * 1024
DEEPEST = 100
CHUNK = 64 * 1024
# One tag or comment: a longer one is read from its beginning again with each piece that arrives.
LONGEST_TAG = 1024 * 1024
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW, _CELL, _VALUE, _FORMULA = (f"{_MAIN}{name}" for name in ("row", "c", "v", "f"))
_SHARED, _TEXT, _AID = (f"{_MAIN}{name}" for name in ("si", "t", "rPh"))
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,  # a part begins before the file does
    RuntimeError,  # a part wants a password
    LookupError,  # a part is missing, or in an encoding that nobody knows
    ValueError,
    ParseError,
    DefusedXmlException,
)
# How a workbook writes signs that XML has not; a line end of Windows comes as _x000D_ (ECMA-376 part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"(-?\d+)\.0+")
BROKEN = "This workbook cannot be read. Save it again as xlsx, or as CSV (UTF-8)."


def workbook_lines(path: Path) -> Iterator[list[str]]:
    """Yield the lines of the first sheet, cells as text; lines that it leaves out are empty lists.

    Raises:
        UploadRefused: it is no workbook, is broken, or has rows out of order or far more in it than a list.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(part.compress_type not in _PACKED for part in archive.infolist()):
                raise ValueError("packed as no spreadsheet is")
            shared = _SharedTexts()
            if "xl/sharedStrings.xml" in archive.namelist():
                for _piece in _read(archive, "xl/sharedStrings.xml", shared):
                    pass
            sheet = _Sheet(shared.found)
            for _piece in _read(archive, _first_sheet(archive), sheet):
                yield from sheet.taken()
    except _UNREADABLE:
        raise UploadRefused(BROKEN, field="file") from None


def _first_sheet(archive: zipfile.ZipFile) -> str:
    (sheet, *_others) = _index(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    links = _index(archive, "xl/_rels/workbook.xml.rels")
    target = {each.get("Id"): each.get("Target", "") for each in links}[sheet.get(_LINK)]
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _index(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > LARGEST_INDEX:
        raise ValueError("no list of a few sheets")
    found: Element = fromstring(archive.read(name))
    return found


def _read(archive: zipfile.ZipFile, name: str, events: "_Listener") -> Iterator[None]:
    """Read a part, and pause after each piece of it."""
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise ValueError("too large a part")
    parser = DefusedXMLParser(target=events)
    silent = 0
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            before = events.seen
            parser.feed(piece)
            silent = 0 if events.seen > before else silent + len(piece)
            if silent > LONGEST_TAG:
                raise ValueError("a tag without end")
            yield
    parser.close()


class _Listener:
    """Takes what the parser tells; ``heard`` holds the texts of the cell or string that is being read, by their tag."""

    def __init__(self) -> None:
        self.seen = self._depth = self._aids = 0
        self._into = ""
        self.heard: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._count()
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("too deep")
        self._aids += tag == _AID
        # Reading aids of Japanese stand beside the text they are for.
        self._into = tag if tag in (_TEXT, _VALUE, _FORMULA) and not self._aids else ""
        if self._into:
            self.heard.setdefault(tag, "")
        self.begin(tag, attributes)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._count()
        if self._into:
            self.heard[self._into] += text
            if len(self.heard[self._into]) > LONGEST_CELL:
                raise ValueError("no cell is that long")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        self._aids -= tag == _AID
        self._into = ""
        self.finish(tag)

    def text(self) -> str:
        """Return the words of the cell or string."""
        return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), self.heard.get(_TEXT, ""))

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Do what this part does at the beginning of an element."""

    def finish(self, tag: str) -> None:
        """Do what this part does at the end of an element."""

    def _count(self) -> None:
        self.seen += 1
        if self.seen > MOST_EVENTS:
            raise ValueError("far more than a list")


class _SharedTexts(_Listener):
    """The texts that cells point at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def finish(self, tag: str) -> None:
        """Keep a text that is whole."""
        if tag == _SHARED:
            self.found.append(self.text())
            self.heard = {}


class _Sheet(_Listener):
    """The lines of a sheet, those that are whole."""

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self._shared = shared
        self._rows: list[tuple[int, list[str]]] = []
        self._number = self._given = self._signs = 0
        self._cells: list[str] = []
        self._kind, self._column = "", 0

    def taken(self) -> Iterator[list[str]]:
        """Yield the lines that came since the last time, with those that were left out before them."""
        rows, self._rows = self._rows, []
        for number, cells in rows:
            for _missing in range(self._given + 1, number):
                yield []
            self._given = number
            yield cells

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Find the place of a row or a cell."""
        if tag == _ROW:
            number = int(attributes.get("r", self._number + 1))
            if not self._number < number <= LAST_ROW:
                raise ValueError("rows out of order")
            self._number, self._cells = number, []
        elif tag == _CELL:
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else len(self._cells)
            self._kind, self.heard = attributes.get("t", ""), {}

    def finish(self, tag: str) -> None:
        """Keep a cell or a row that is whole."""
        if tag == _CELL and self._column < LAST_COLUMN:
            self._cells += [""] * (self._column - len(self._cells))
            self._cells.append(self._value())
        elif tag == _ROW:
            self._signs += sum(map(len, self._cells))
            if self._signs > MOST_SIGNS:
                raise ValueError("far more text than a list")
            self._rows.append((self._number, self._cells))

    def _value(self) -> str:
        if _FORMULA in self.heard:
            return f"={self.heard[_FORMULA]}"
        if self._kind == "inlineStr":
            return self.text()
        value = self.heard.get(_VALUE, "")
        if self._kind == "s":
            return self._shared[int(value)]
        whole = _WHOLE.fullmatch(value)
        return whole[1] if whole else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
