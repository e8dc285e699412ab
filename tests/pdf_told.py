"""All that a PDF tells, without its bytes: to compare documents that were drawn in two ways."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Told:
    """What people, readers and screen readers find in a document."""

    texts: list[str]
    bookmarks: list[Any]  # Any: lists in lists
    places: dict[str, tuple[int | None, float]]
    tags: Any  # Any: as above
    marks: list[list[str]]


def told_by(data: bytes) -> Told:
    """Read a tagged document."""
    reader = PdfReader(BytesIO(data))
    root = reader.root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    parents = {int(key): numbers[2 * place + 1].get_object() for place, key in enumerate(numbers[::2])}
    return Told(
        [page.extract_text() for page in reader.pages],
        _bookmarks(reader, reader.outline),
        {
            name: (reader.get_destination_page_number(place), float(place["/Top"]))
            for name, place in reader.named_destinations.items()
        },
        _tag(root["/K"][0].get_object(), _page_numbers(reader)),
        [_marks(page, parents) for page in reader.pages],
    )


def _page_numbers(reader: PdfReader) -> dict[int, int]:
    return {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages) if page.indirect_reference}


def _bookmarks(reader: PdfReader, outline: list[Any]) -> list[Any]:
    return [
        _bookmarks(reader, each)
        if isinstance(each, list)
        else (each["/Title"], reader.get_destination_page_number(each), float(each["/Top"]))
        for each in outline
    ]


def _tag(element: Any, pages: dict[int, int]) -> Any:
    if isinstance(element, int):
        return int(element)
    page = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else None
    if "/S" not in element:
        link = element["/Obj"]
        return page, str(link.get("/Dest") or link["/A"]["/URI"]), [float(each) for each in link["/Rect"]]
    kids = element.get("/K", [])
    inside = [_tag(each.get_object(), pages) for each in (kids if isinstance(kids, list) else [kids])]
    return element["/S"], page, str(element.get("/Alt")), str(element.get("/ActualText")), inside


def _marks(page: Any, parents: dict[int, Any]) -> list[str]:
    """Return the tag of each piece of a page's content, and that of each of its links."""
    content = [str(each.get_object()["/S"]) for each in parents[int(page["/StructParents"])]]
    links = page.get("/Annots", [])
    return content + [str(parents[int(each.get_object()["/StructParent"])]["/S"]) for each in links]
