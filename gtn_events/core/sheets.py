"""Reads a spreadsheet that somebody uploaded, CSV or xlsx, as lines of text; nothing in it is calculated."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from .errors import UploadRefused
from .text import clean_text
from .workbooks import LAST_COLUMN, workbook_lines


def read_sheet(path: Path, *, is_workbook: bool, most_lines: int) -> list[list[str]]:
    """Return the lines of the first sheet, cells as cleaned text; an empty one is an empty list, at the end left out.

    A formula reads as its text, with ``=`` before it: it is never calculated, and what the
    program that saved the file made of it does not count.

    Raises:
        UploadRefused: the file is broken, not in UTF-8, or has more lines than ``most_lines``.
    """
    found = workbook_lines(path) if is_workbook else _csv_lines(path)
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
            yield [cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell for cell in line[:LAST_COLUMN]]
    except csv.Error:
        raise UploadRefused("This CSV file cannot be read. Save it again, or as xlsx.", field="file") from None
