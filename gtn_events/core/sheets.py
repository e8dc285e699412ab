"""Reads a spreadsheet that somebody uploaded, CSV or xlsx, as lines of text; nothing in it is calculated."""

import csv
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError  # the types alone; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from .errors import UploadRefused
from .text import clean_text

LAST_COLUMN = 200
LAST_ROW = 1_048_576  # Excel's own limit
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # a part wants a password
    LookupError,  # a part is missing, or in an encoding that nobody knows
    ValueError,
    ParseError,
    DefusedXmlException,
)
_WHOLE = re.compile(r"(-?\d+)\.0+")
BROKEN = "This workbook cannot be read. Save it again as xlsx, or as CSV (UTF-8)."


def read_sheet(path: Path, *, is_workbook: bool, most_lines: int) -> list[list[str]]:
    """Return the lines of the first sheet, cells as cleaned text; an empty one is an empty list, at the end left out.

    A formula reads as its text, with ``=`` before it: it is never calculated, and what the
    program that saved the file made of it does not count.

    Raises:
        UploadRefused: the file is broken, not in UTF-8, or has more lines than ``most_lines``.
    """
    found = _workbook_lines(path) if is_workbook else _csv_lines(path)
    lines: list[list[str]] = []
    for number, line in enumerate(found, start=1):
        cells = [clean_text(cell).strip() for cell in line]
        if not any(cells):
            continue
        if number > most_lines:
            raise UploadRefused(f"The file has more than {most_lines} lines. Send it in parts.", field="file")
        lines += [[] for _ in range(number - 1 - len(lines))]
        lines.append(cells)
    return lines


def _csv_lines(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused("The file is not in UTF-8. Save it as “CSV UTF-8”, or as xlsx.", field="file") from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            # Our own files put an apostrophe before what a spreadsheet would calculate.
            yield [cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell for cell in line[:LAST_COLUMN]]
    except csv.Error:
        raise UploadRefused("This CSV file cannot be read. Save it again, or as xlsx.", field="file") from None


def _workbook_lines(path: Path) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(part.compress_type not in _PACKED for part in archive.infolist()):
                raise ValueError("packed as no spreadsheet is")
            shared = _shared_texts(archive)
            with archive.open(_first_sheet(archive)) as sheet:
                yield from _lines_of(sheet, shared)
    except _UNREADABLE:
        raise UploadRefused(BROKEN, field="file") from None


def _first_sheet(archive: zipfile.ZipFile) -> str:
    book = fromstring(archive.read("xl/workbook.xml"))
    (sheet, *_others) = book.iter(f"{_MAIN}sheet")
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {each.get("Id"): each.get("Target", "") for each in links}[sheet.get(_LINK)]
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text_in(each) for each in fromstring(archive.read("xl/sharedStrings.xml")) if each.tag == f"{_MAIN}si"]


def _text_in(element: Element) -> str:
    """Return the text of a cell or a shared string, without the reading aids of Japanese."""
    aids = {id(text) for aid in element.iter(f"{_MAIN}rPh") for text in aid.iter(f"{_MAIN}t")}
    return "".join(text.text or "" for text in element.iter(f"{_MAIN}t") if id(text) not in aids)


def _lines_of(sheet: IO[bytes], shared: list[str]) -> Iterator[list[str]]:
    number = 0
    for _event, element in iterparse(sheet):
        if element.tag != f"{_MAIN}row":
            continue
        wanted = int(element.get("r", number + 1))
        if wanted > LAST_ROW:
            raise ValueError("no such row")
        while number + 1 < wanted:
            number += 1
            yield []
        number = wanted
        yield _cells(element, shared)
        element.clear()


def _cells(row: Iterable[Element], shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else len(cells)
        if column >= LAST_COLUMN:
            break
        cells += [""] * (column - len(cells))
        cells.append(_value(cell, shared))
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Any, shared: list[str]) -> str:  # Any: an element of defusedxml, which has no types
    formula = cell.find(f"{_MAIN}f")
    if formula is not None:
        return f"={formula.text or ''}"
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text_in(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return shared[int(value)]
    whole = _WHOLE.fullmatch(value)
    return whole[1] if whole else value
