"""Exports show every script, never become a formula, and need no memory."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from openpyxl import load_workbook

from gtn_events.core.exports import csv_chunks, csv_response, disposition, safe_cell, xlsx_file, xlsx_response

NAMES = ["Nguyễn Thị Thu Hằng", "陳美玲", "สมชาย", "Елена", "김민수", "山田太郎", "Rosa Nélida"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_byte_order_mark_and_every_script() -> None:
    data = b"".join(csv_chunks(["Name"], ([name] for name in NAMES)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [["Name"], *([name] for name in NAMES)]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cell_that_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_csv_keeps_numbers_dates_and_empty_cells() -> None:
    row = [-5, 2.5, Decimal("9.50"), None, True, date(2013, 6, 5), datetime(2013, 6, 5, 9, 30, tzinfo=UTC)]
    data = b"".join(csv_chunks(["a"], [row]))
    assert read_csv(data)[1] == ["-5", "2.5", "9.50", "", "yes", "2013-06-05", "2013-06-05 09:30+00:00"]


def test_csv_is_sent_while_it_is_made(app: Flask) -> None:
    made = 0

    def rows() -> "list[list[str]]":
        nonlocal made
        for number in range(100_000):
            made = number
            yield [f"Name {number}", "x" * 40]  # type: ignore[misc]

    with app.test_request_context():
        chunks = iter(csv_response("list.csv", ["Name", "Text"], rows()).response)
        next(chunks)
    assert made < 2_000


def test_csv_of_100_000_rows_needs_little_memory() -> None:
    rows = ([f"Name {number}", f"name{number}@firm.example", "x" * 60] for number in range(100_000))
    tracemalloc.start()
    size = sum(len(chunk) for chunk in csv_chunks(["Name", "Address", "Text"], rows))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 9_000_000
    assert peak < 2_000_000


def test_xlsx_holds_text_where_a_formula_was_typed() -> None:
    path = xlsx_file(["Name"], ([text] for text in [*FORMULAS, *NAMES, "https://gtn.example"]))
    cells = [row[0] for row in load_workbook(path).active.iter_rows(min_row=2)]
    path.unlink()
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4
    assert cells[6].value == NAMES[0]


def test_xlsx_keeps_numbers_and_dates() -> None:
    path = xlsx_file(["a"], [[-5, Decimal("9.5"), None, date(2013, 6, 5), datetime(2013, 6, 5, 9, 30, tzinfo=UTC)]])
    values = [cell.value for cell in next(load_workbook(path).active.iter_rows(min_row=2))]
    path.unlink()
    assert values == [-5, 9.5, None, datetime(2013, 6, 5), datetime(2013, 6, 5, 9, 30)]  # noqa: DTZ001  # xlsx has no zones


def test_xlsx_download_leaves_no_file_behind(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with app.test_request_context():
        response = xlsx_response("参加者.xlsx", ["Name"], [["Rosa"]])
        data = response.get_data()
        response.close()
    assert data.startswith(b"PK")
    assert list(tmp_path.iterdir()) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("list.csv", "attachment; filename=\"list.csv\"; filename*=UTF-8''list.csv"),
        ("名簿.csv", "attachment; filename=\"file.csv\"; filename*=UTF-8''%E5%90%8D%E7%B0%BF.csv"),
        ('a"b\r\nX: y/../c.csv', "attachment; filename=\"abX: y..c.csv\"; filename*=UTF-8''abX%3A%20y..c.csv"),
    ],
)
def test_disposition_carries_any_name_safely(name: str, header: str) -> None:
    assert disposition(name) == header
