"""The workbooks of nominations: the template with its lists of choices, and the lines that have to be corrected."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gtn_events.core.exports import FORMULA_STARTS
from gtn_events.core.later import Later

from .domain.nomination_sheet import MOST_ROWS, Fate, Preview
from .domain.sheet_columns import Column

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Later("xlsxwriter")

TO_CORRECT = "To correct"
WIDTH = 22


def template_file(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Path:
    """Write the template with what is there already, and return its path; the caller removes it."""
    path = _new_path()
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Nominations")
        _head(book, page, [column.label for column in columns])
        choices, plain = book.add_worksheet("Choices"), _Looks(book)
        for place, column in enumerate(columns):
            if column.words:
                _offer(page, choices, place, column, plain)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell, plain.of(cell))
    return path


def errors_file(preview: Preview) -> Path:
    """Write the lines that are refused, each cell with its error as a comment, and return the path."""
    path, columns = _new_path(), preview.columns
    refused = [line for line in preview.lines if line.fate is Fate.REFUSED]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Nominations")
        plain, wrong = _Looks(book), _Looks(book, bg_color="#FBE4E1")
        _head(book, page, [*(column.label for column in columns), TO_CORRECT])
        for number, line in enumerate(refused, start=1):
            for place, column in enumerate(columns):
                error = line.errors.get(column.field, "")
                cell = line.cells[column.field]
                page.write_string(number, place, cell, (wrong if error else plain).of(cell))
                if error:
                    page.write_comment(number, place, error)
            words = "; ".join(
                f"{column.label}: {line.errors[column.field]}" for column in columns if column.field in line.errors
            )
            page.write_string(number, len(columns), words)
    return path


class _Looks:
    """How cells look; what a spreadsheet would calculate once it is edited bears Excel's quote mark."""

    def __init__(self, book: "xlsxwriter.Workbook", **look: str) -> None:
        self._plain = book.add_format(look)
        self._quoted = book.add_format({**look, "quote_prefix": True})

    def of(self, cell: str) -> "xlsxwriter.format.Format":
        return self._quoted if cell.startswith(FORMULA_STARTS) else self._plain


def _head(book: "xlsxwriter.Workbook", page: "xlsxwriter.worksheet.Worksheet", labels: Sequence[str]) -> None:
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    page.set_column(0, len(labels) - 1, WIDTH)
    for place, label in enumerate(labels):
        page.write_string(0, place, label, bold)


def _offer(
    page: "xlsxwriter.worksheet.Worksheet",
    choices: "xlsxwriter.worksheet.Worksheet",
    place: int,
    column: Column,
    plain: _Looks,
) -> None:
    """Let a column offer its words; they stand on a sheet of their own, for a list in the rule is short."""
    choices.write_string(0, place, column.label)
    for number, word in enumerate(column.words, start=1):
        choices.write_string(number, place, word, plain.of(word))
    source = f"=Choices!${_letters(place)}$2:${_letters(place)}${len(column.words) + 1}"
    page.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": source, "ignore_blank": True})


def _letters(place: int) -> str:
    """Return the letter of one of the first 26 columns."""
    return chr(ord("A") + place)


def _new_path() -> Path:
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        return Path(file.name)
