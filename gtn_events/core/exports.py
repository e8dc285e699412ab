"""Exports: CSV streamed row by row, xlsx through a temporary file; no cell ever becomes a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, stream_with_context

from gtn_events.core.later import Later

from .db import begin_long_read

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Later("xlsxwriter")

Cell = str | int | float | bool | Decimal | date | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 64 * 1024
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # Excel's own limit


def safe_cell(value: Cell) -> str | int | float:
    """Return what stands in a CSV cell; text that a spreadsheet would calculate gets a leading apostrophe."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value if isinstance(value, int | float) else str(value)


def csv_chunks(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file (UTF-8 with a byte-order mark, CRLF) in pieces of some 64 kB; memory stays flat."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([safe_cell(header) for header in headers])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def csv_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return a streamed CSV download.

    Args:
        name: the file name with its ending; any script.
        headers: the first line.
        rows: read lazily, while the answer is sent: give a generator over a
            ``yield_per`` query, not a list.
    """
    response = Response(stream_with_context(_sent(csv_chunks(headers, rows))), mimetype="text/csv")
    response.headers["Content-Disposition"] = disposition(name)
    return response


def _sent(chunks: Iterator[bytes]) -> Iterator[bytes]:
    # The view's own transaction has ended when the sending begins.
    begin_long_read()
    yield from chunks


def xlsx_file(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "List", notes: Sequence[str] = ()
) -> Path:
    """Write an xlsx file with flat memory and return its path; the caller removes it.

    Text is always a text cell (with Excel's quote mark where it looks like a formula);
    an aware time is written as UTC, so convert it to local time first. ``notes`` stand on a sheet of their own.
    """
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet(sheet[:31])
        formats = _Formats(book)
        page.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            page.write_string(0, column, header, formats.of_header(header))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(page, number, column, value, formats)
        if notes:
            beside = book.add_worksheet("Notes")
            for number, note in enumerate(notes):
                _write(beside, number, 0, note, formats)
    return path


def xlsx_response(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, notes: Sequence[str] = ()
) -> Response:
    """Return an xlsx download; its temporary file is gone before the first byte leaves."""
    return workbook_response(name, xlsx_file(headers, rows, notes=notes))


def workbook_response(name: str, path: Path) -> Response:
    """Return a workbook that was written to a temporary file, which is gone before the first byte leaves."""
    file = path.open("rb")
    path.unlink()
    response = Response(iter(lambda: file.read(CHUNK), b""), mimetype=XLSX_TYPE)
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = disposition(name)
    return response


def disposition(name: str) -> str:
    """Return a Content-Disposition that saves a file under any name, with an ASCII fallback."""
    clean = "".join(char for char in name if char.isprintable() and char not in '/\\"') or "file"
    fallback = clean.encode("ascii", "ignore").decode().strip() or "file"
    if fallback.startswith("."):
        fallback = "file" + fallback
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(clean, safe='')}"


class _Formats:
    def __init__(self, book: "xlsxwriter.Workbook") -> None:
        self.quoted = book.add_format({"quote_prefix": True})
        self.bold = book.add_format({"bold": True})
        self.bold_quoted = book.add_format({"bold": True, "quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def of_header(self, text: str) -> "xlsxwriter.format.Format":
        return self.bold_quoted if text.startswith(FORMULA_STARTS) else self.bold


def _write(page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Cell, formats: _Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        look = formats.quoted if value.startswith(FORMULA_STARTS) else None
        page.write_string(row, column, value[:LONGEST_CELL], look)
    elif isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, datetime):
        naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo is not None else value
        page.write_datetime(row, column, naive, formats.moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats.day)
    else:
        page.write_number(row, column, float(value) if isinstance(value, Decimal) else value)
