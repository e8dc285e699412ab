"""What assistive technology is told by a PDF: its tags, its language, its title (ISO 14289-1, PDF/UA-1)."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


def faults_of_structure(data: bytes, *, title: str, lang: str = "en") -> list[str]:
    """Return one line for each rule that the document breaks; an empty list is what a test wants.

    Only what our templates decide: the whole of the norm is for a checker (``make check-pdf``).
    """
    reader = PdfReader(BytesIO(data))
    elements = list(_elements(reader.root_object["/StructTreeRoot"]))
    return [
        *_faults_of_catalog(reader, title, lang),
        *(f"page {number} is not read in the order of its tags" for number in _untagged_pages(reader)),
        *("a picture has no alternative" for each in elements if each["/S"] == "/Figure" and not each.get("/Alt")),
        *_faults_of_tables(elements),
        *_faults_of_headings([each for each in elements if each["/S"] in HEADINGS]),
    ]


def languages_of(data: bytes) -> set[str]:
    """The language of a PDF, and those that parts of it are marked with."""
    reader = PdfReader(BytesIO(data))
    objects = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return {str(each["/Lang"]) for each in objects if isinstance(each, dict) and "/Lang" in each}


def _faults_of_catalog(reader: PdfReader, title: str, lang: str) -> Iterator[str]:
    root = reader.root_object
    if reader.metadata is None or reader.metadata.title != title:
        yield "the title is another one"
    if root.get("/Lang") != lang:
        yield "the language is another one"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") != True:  # noqa: E712  # a BooleanObject
        yield "the window shows the file's name, not the title"
    if root.get("/MarkInfo", {}).get("/Marked") != True:  # noqa: E712  # a BooleanObject
        yield "it does not say that it is tagged"
    if b"pdfuaid" not in root["/Metadata"].get_data():
        yield "it does not say that it is PDF/UA"


def _untagged_pages(reader: PdfReader) -> Iterator[int]:
    for number, page in enumerate(reader.pages, start=1):
        if page.get("/Tabs") != "/S" or "/StructParents" not in page:
            yield number


def _faults_of_tables(elements: list[DictionaryObject]) -> Iterator[str]:
    for table in (each for each in elements if each["/S"] == "/Table"):
        rows = [each for each in _elements(table) if each["/S"] == "/TR"]
        widths = {sum(_span(cell) for cell in _children(row)) for row in rows}
        if len(widths) != 1:
            yield f"a table has rows of {sorted(widths)} cells"


def _faults_of_headings(headings: list[DictionaryObject]) -> Iterator[str]:
    if any(child["/S"] in HEADINGS for each in headings for child in _elements(each)):
        yield "a heading holds another one"
    levels = [str(each["/S"]) for each in headings]
    if levels[:1] != ["/H1"]:
        yield f"the first heading is {levels[:1]}"
    for before, after in pairwise(levels):
        if int(after[-1]) > int(before[-1]) + 1:
            yield f"{after[1:]} follows {before[1:]}"


def _span(cell: DictionaryObject) -> int:
    return int(cell.get("/A", {}).get("/ColSpan", 1))


def _elements(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    for child in _children(parent):
        yield child
        yield from _elements(child)


def _children(parent: DictionaryObject) -> list[DictionaryObject]:
    kids: Any = parent.get("/K", [])  # Any: one element, a number, or a list of both
    listed = kids if isinstance(kids, ArrayObject) else [kids]
    resolved = (each.get_object() for each in listed if hasattr(each, "get_object"))
    return [each for each in resolved if isinstance(each, DictionaryObject) and "/S" in each]
