"""A spreadsheet that somebody uploaded reads as lines of text, and nothing in it is calculated."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": f"<workbook {MAIN} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<R><Link Id="r1" Target="worksheets/sheet1.xml"/></R>',
    "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>one</t></si></sst>",
    "xl/worksheets/sheet1.xml": f'<sheetData {MAIN}><row r="1"><c t="s"><v>0</v></c></row></sheetData>',
}


def packed(path: Path, **changed: str) -> Path:
    """Write a workbook with other rows (``rows``), shared texts (``shared``) or links (``links``)."""
    contents = PARTS | {
        name: f"<{root} {MAIN}>{changed[what]}</{root}>"
        for what, name, root in (
            ("rows", "xl/worksheets/sheet1.xml", "sheetData"),
            ("shared", "xl/sharedStrings.xml", "sst"),
            ("links", "xl/_rels/workbook.xml.rels", "Relationships"),
        )
        if what in changed
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def test_texts_beside_the_words_are_left_out(tmp_path: Path) -> None:
    aided = "<si><r><t>東</t></r> <r><t>京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si><si/>"
    rows = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c r='D1' t='inlineStr'> <is><t>x</t></is></c></row>"
    path = packed(tmp_path / "a.xlsx", shared=aided, rows=rows)
    assert read_sheet(path, is_workbook=True, most_lines=10) == [["東京", "", "", "x"]]


def test_signs_that_xml_has_not_are_read_as_they_were(tmp_path: Path) -> None:
    rows = "<row><c t='inlineStr'><is><t>one_x000D_\ntwo_x005F_x0041_</t></is></c><c><v>_x0041_</v></c></row>"
    assert read_sheet(packed(tmp_path / "a.xlsx", rows=rows), is_workbook=True, most_lines=10) == [
        ["one\ntwo_x0041_", "_x0041_"]
    ]


FLOODS = {
    "rows that go back": {"rows": '<row r="1"/><row r="1048576"/>' * 200},
    "the last row again": {"rows": '<row r="1048576"/>' * 2},
    "a row that no program has": {"rows": '<row r="1048577"/>'},
    "a number without end": {"rows": f'<row r="{"9" * 5000}"/>'},
    "cells without end": {"rows": f"<row>{'<c/>' * 2_100_000}</row>"},
    "shared texts without end": {"shared": "<si/>" * 2_100_000},
    "elements within elements": {"rows": "<a>" * 200_000 + "</a>" * 200_000},
    "a tag without end": {"rows": "<row " + " ".join(f"a{number}=''" for number in range(200_000)) + "/>"},
    "a comment without end": {"rows": f"<!--{'x' * 3_000_000}-->"},
    "a cell without end": {"rows": f"<row><c t='inlineStr'><is><t>{'x' * 40_000}</t></is></c></row>"},
    "one text in every cell": {
        "shared": f"<si><t>{'x' * 30_000}</t></si>",
        "rows": "<row>" + "<c t='s'><v>0</v></c>" * 180 + "</row>",
    },
    "a list of sheets without end": {"links": "<Relationship/>" * 200_000},
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_workbook_that_only_keeps_us_busy_is_refused(tmp_path: Path, flood: str) -> None:
    """Some kilobytes could hold a process for hours, or fill its memory."""
    path = packed(tmp_path / "a.xlsx", **FLOODS[flood])
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(UploadRefused, match="cannot be read"):
        read_sheet(path, is_workbook=True, most_lines=10)


def read_or_refused(path: Path) -> None:
    try:
        lines = read_sheet(path, is_workbook=True, most_lines=50)
    except UploadRefused:
        return
    assert all(isinstance(cell, str) for line in lines for cell in line)


NUMBERS = st.sampled_from(["0", "-1", "1", "2", "²", "1.0", "NaN", "9" * 30, "A1", "ZZZ1", "", "s", "inlineStr", "r1"])
NAMES = st.sampled_from(["row", "c", "v", "f", "is", "t", "si", "rPh", "sheet", "Relationship", "x"])
ELEMENTS = st.recursive(
    st.text(max_size=8).map(lambda text: text.translate({ord("<"): None, ord("&"): None})),
    lambda inner: st.builds(
        lambda name, place, kind, parts: f'<{name} r="{place}" t="{kind}">{"".join(parts)}</{name}>',
        NAMES,
        NUMBERS,
        NUMBERS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(rows=ELEMENTS, shared=ELEMENTS, links=ELEMENTS)
def test_any_xml_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: str, shared: str, links: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    read_or_refused(packed(path, rows=rows, shared=shared))
    read_or_refused(packed(path, rows=rows, links=links))


@settings(deadline=None, max_examples=300)
@given(
    spoilt=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    cut=st.floats(0, 1),
    put=st.binary(max_size=30),
)
def test_spoilt_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, spoilt: list[tuple[float, int]], cut: float, put: bytes
) -> None:
    path = packed(tmp_path_factory.getbasetemp() / "spoilt.xlsx")
    data = bytearray(path.read_bytes())
    for place, value in spoilt:
        data[int(place * len(data))] = value
    path.write_bytes(data)
    read_or_refused(path)
    path.write_bytes(data[: int(cut * len(data))] + put + data[int(cut * len(data)) :])
    read_or_refused(path)
    path.write_bytes(data[: int(cut * len(data))] + put)
    read_or_refused(path)


def test_an_apostrophe_alone_is_a_cell_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Title,Abstract\n'=1,'\n")
    assert read_sheet(tmp_path / "a.csv", is_workbook=False, most_lines=5)[1] == ["=1", "'"]
