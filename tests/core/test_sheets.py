"""A spreadsheet that somebody uploaded reads as lines of text, and nothing in it is calculated."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from gtn_events.core.errors import UploadRefused
from gtn_events.core.exports import xlsx_file
from gtn_events.core.sheets import read_sheet


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook_reads_as_its_lines(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Name", "Rank"], [" Élodie ", 3], [], ["陳美玲", 4.0, None, "x"], [None])
    lines = read_sheet(path, is_workbook=True, most_lines=10)
    assert lines == [["Name", "Rank"], ["Élodie", "3"], [], ["陳美玲", "4", "", "x"]]


def test_a_formula_reads_as_its_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["=1+1", '=HYPERLINK("http://a.example")'])
    assert read_sheet(path, is_workbook=True, most_lines=10) == [["=1+1", '=HYPERLINK("http://a.example")']]


def test_our_own_workbooks_are_read_back(tmp_path: Path) -> None:
    path = xlsx_file(["Name", "No"], [["Ratana", 1]])
    assert read_sheet(path, is_workbook=True, most_lines=10) == [["Name", "No"], ["Ratana", "1"]]
    path.unlink()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_reads_with_the_usual_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'\ufeffName{delimiter}Words\r\nRatana{delimiter}"two\r\nlines"\r\n\'=1+1{delimiter}\r\n'.encode())
    lines = read_sheet(path, is_workbook=False, most_lines=10)
    assert lines[0] == ["Name", "Words"]
    assert [line[0] for line in lines[1:]] == ["Ratana", "=1+1"]


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Name\nInés\n".encode("latin-1"))
    with pytest.raises(UploadRefused, match="not in UTF-8"):
        read_sheet(path, is_workbook=False, most_lines=10)


def test_too_many_lines_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n" * 12)
    assert len(read_sheet(path, is_workbook=False, most_lines=12)) == 12
    with pytest.raises(UploadRefused, match="more than 11 lines"):
        read_sheet(path, is_workbook=False, most_lines=11)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", "<workbook"),
        ("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"),
        ("xl/worksheets/sheet1.xml", ""),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
    ],
)
def test_a_broken_workbook_is_refused(tmp_path: Path, part: str, content: str) -> None:
    whole, broken = workbook(tmp_path / "a.xlsx", ["Name"]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    with pytest.raises(UploadRefused, match="cannot be read"):
        read_sheet(broken, is_workbook=True, most_lines=10)


@pytest.mark.parametrize(
    "bits", [(6, 8, b"\x01\x00"), (8, 10, b"\x63\x00"), (8, 10, b"\x0c\x00"), (8, 10, b"\x0e\x00")]
)
def test_a_workbook_that_does_not_unpack_is_refused(tmp_path: Path, bits: tuple[int, int, bytes]) -> None:
    """Its parts want a password, or say that they are packed as nobody packs, or as they are not."""
    path = workbook(tmp_path / "a.xlsx", ["Name"])
    data = bytearray(path.read_bytes())
    for mark, offset in zip((b"PK\x03\x04", b"PK\x01\x02"), bits[:2], strict=True):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + offset : place + offset + 2] = bits[2]
    path.write_bytes(data)
    with pytest.raises(UploadRefused, match="cannot be read"):
        read_sheet(path, is_workbook=True, most_lines=10)


def test_a_workbook_with_spoilt_bytes_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Name"])
    part = "xl/workbook.xml"
    with zipfile.ZipFile(path) as archive:
        begins = archive.getinfo(part).header_offset + 30 + len(part)
    data = bytearray(path.read_bytes())
    data[begins : begins + 6] = b"\xff" * 6
    path.write_bytes(data)
    with pytest.raises(UploadRefused, match="cannot be read"):
        read_sheet(path, is_workbook=True, most_lines=10)


@pytest.mark.parametrize("encoding", ["bogus", "rot13"])
def test_a_workbook_in_an_unknown_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<?xml version="1.0" encoding="{encoding}"?><workbook/>')
    with pytest.raises(UploadRefused, match="cannot be read"):
        read_sheet(path, is_workbook=True, most_lines=10)
