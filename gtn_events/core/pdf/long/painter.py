"""Paints pages into a tagged PDF one by one, as WeasyPrint paints all of them, and keeps bytes only.

Private names of WeasyPrint are read here: ``generate_pdf`` and ``add_tags`` of version 70, page by page.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from weasyprint.document import Document, Page
from weasyprint.matrix import Matrix
from weasyprint.pdf import VARIANTS, VERSION, _use_references, pydyf
from weasyprint.pdf.anchors import add_links, add_outlines
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream
from weasyprint.pdf.tags import _build_box_tree

from ..engine import VARIANT
from .errors import CannotFlow
from .finished import finish_from

_SCALE = 0.75  # points a CSS pixel
_VERSION = b"1.7"


@dataclass(frozen=True)
class PaintedPage:
    """What is kept of a page for the bookmarks and the tags of the whole document."""

    height: float
    bookmarks: list[Any]  # Any: as WeasyPrint has them
    anchors: list[tuple[str, bytes]]
    elements: bytes


class Painter:
    """One PDF under construction."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pdf = pdf = pydyf.PDF()
        self._images: dict[str, Any] = {}
        colours = self._added(pydyf.Dictionary())
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        own = {kind: pydyf.Dictionary() for kind in kinds} | {"ColorSpace": colours.reference}
        self._resources = self._added(pydyf.Dictionary(own))
        self._mapping, self._structure, self._whole = (self._added(pydyf.Dictionary()) for _ in range(3))
        pdf.catalog["StructTreeRoot"] = self._structure.reference
        self._leaves: list[pydyf.Dictionary] = []  # the page objects
        self._painted: dict[int, PaintedPage] = {}
        self._nums: dict[int, bytes] = {}
        self._linked: set[str] = set()

    def paint(self, number: int, page: Page) -> None:
        """Paint the page of that number, from 1; pages may come in any order."""
        while len(self._leaves) < number:
            self._leaves.append(pydyf.Dictionary())
            self._pdf.add_page(self._leaves[-1])
        start, leaf, names = len(self._pdf.objects), self._leaves[number - 1], list[Any]()
        matrix = Matrix(_SCALE, 0, 0, -_SCALE, 0, page.height * _SCALE)
        stream = self._stream(page)
        self._describe(leaf, page, stream, len(self._nums))
        add_links((page.links, _points(page)), matrix, self._pdf, leaf, names, stream._tags)
        self._linked |= {target for kind, target, *_rest in page.links if kind == "internal"}
        page.paint(stream, _SCALE)
        elements = self._tag(number - 1, page, stream)
        self._painted[number] = PaintedPage(
            page.height, page.bookmarks, [(name, place.data) for name, place in names], b" ".join(elements)
        )
        finish_from(self._pdf, start)

    def finished(self) -> bytes:
        """Return the document, when all pages are painted.

        Raises:
            CannotFlow: a link leads to nothing.
        """
        pdf, document = self._pdf, self._document
        pages = [self._painted[number] for number in range(1, len(self._leaves) + 1)]
        document.pages = pages
        add_outlines(pdf, document.make_bookmark_tree(_SCALE, transform_pages=True))
        pdf.info.update({"Producer": pydyf.String(f"WeasyPrint {VERSION}")})
        pdf.info.update({"Title": pydyf.String(document.metadata.title)})
        pdf.catalog["Lang"] = pydyf.String(document.metadata.lang)
        fonts = build_fonts_dictionary(
            pdf, document.fonts, True, True, {"hinting": False, "pdf_version": "1.7"}
        )  # its own
        self._resources["Font"] = self._added(fonts).reference
        _use_references(pdf, self._resources, self._images, document.color_profiles)
        self._name_places(pages)
        self._close_tags(pages)
        describe, _defaults = VARIANTS[VARIANT]
        describe(pdf, document, [], [], True)  # as above
        file = BytesIO()
        pdf.write(file, _VERSION, None, compress=True)
        return file.getvalue()

    def _added(self, made: Any) -> Any:  # Any: any object of a PDF
        self._pdf.add_object(made)
        return made

    def _stream(self, page: Page) -> Any:  # Any: a stream of WeasyPrint
        if any(page.bleed.values()) or page.forms != {None: []}:
            raise CannotFlow("a page has bleed or forms")
        area = (0, 0, page.width, page.height)
        document = self._document
        stream = Stream(document.fonts, area, self._resources, self._images, {}, {}, None, compress=True)
        stream.transform(d=-1, f=page.height * _SCALE)
        return self._added(stream)

    def _describe(self, leaf: pydyf.Dictionary, page: Page, stream: Any, key: int) -> None:
        box = pydyf.Array([0, 0, page.width * _SCALE, page.height * _SCALE])
        leaf.update({"Type": "/Page", "Parent": self._pdf.pages.reference, "MediaBox": box})
        leaf.update({"Contents": stream.reference, "Resources": self._resources.reference})
        leaf.update({"Tabs": "/S", "StructParents": key, "TrimBox": box, "BleedBox": box})

    def _tag(self, place: int, page: Page, stream: Any) -> list[bytes]:
        """Tag a painted page; return its elements, as references."""
        marks: dict[int, bytes] = {}
        linked: list[tuple[bytes, pydyf.Dictionary]] = []
        key = len(self._nums)
        languages = self._other_languages(stream)
        tree = _build_box_tree(page._page_box, self._whole, self._pdf, place, marks, linked, stream._tags)
        elements = [each.reference for each in tree]
        for mcid, language in languages.items():
            self._pdf.objects[int(marks[mcid].split()[0])]["Lang"] = pydyf.String(language)
        self._nums[key] = b"[" + b" ".join(marks[each] for each in sorted(marks)) + b"]"
        for reference, annotation in linked:
            annotation["StructParent"] = len(self._nums)
            self._nums[len(self._nums)] = reference
        return elements

    def _other_languages(self, stream: Any) -> dict[int, str]:
        """Return by its number what is written in another language than the document's; WeasyPrint leaves it out."""
        own = self._document.metadata.lang
        said = ((kid["mcid"], box.style["lang"]) for box, kid in stream._tags.items())
        return {mcid: language for mcid, language in said if language and language != own}

    def _name_places(self, pages: list[PaintedPage]) -> None:
        places: dict[str, bytes] = {}
        for page in pages:
            places = {**dict(page.anchors), **places}
        if not self._linked <= places.keys():
            raise CannotFlow("a link leads to nothing")
        if places:
            rows = [each for name in sorted(places) for each in (pydyf.String(name), places[name])]
            self._pdf.catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": pydyf.Array(rows)})})

    def _close_tags(self, pages: list[PaintedPage]) -> None:
        rows = [each for row in self._nums.items() for each in row]
        self._mapping["Nums"] = pydyf.Array(rows)
        self._structure.update({"Type": "/StructTreeRoot", "ParentTree": self._mapping.reference})
        self._structure["K"] = pydyf.Array([self._whole.reference])
        self._whole.update({"Type": "/StructElem", "S": "/Document", "P": self._structure.reference})
        self._whole["K"] = pydyf.Array([page.elements for page in pages if page.elements])
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _points(page: Page) -> list[tuple[str, float, float]]:
    return [(name, x, y) for name, (x, y, *_rest) in page.anchors.items()]
