"""An index at the end of a document: it is drawn when all other pages are known, so it names no page twice."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from weasyprint import HTML
from weasyprint.document import Document

# The section that begins a page of its own, is the last of the body, and whose paragraphs end in links of class "page".
_INDEX = "body/section[@data-index]"


def drawn_with_index(document: HTML, draw: Callable[[], Document]) -> Document:
    """Return a document drawn with its index, if it has one, which names each page of an entry once.

    Args:
        document: what is to be drawn; nothing but its index is left in it.
        draw: draws what is left in the document.
    """
    index = Index.taken_from(document.etree_element)
    if index is None:
        return draw()
    drawn = draw()
    numbers = {anchor: number for number, page in enumerate(drawn.pages, start=1) for anchor in page.anchors}
    first = min(number for anchor, number in numbers.items() if anchor in index.anchors)
    before = index.leave_alone(numbers, first)
    return drawn.copy(drawn.pages[: first - 1] + draw().pages[before:])


class Index:
    """The index of a document, without its entries until all other pages are known.

    Which entries lie on one page is known only then. So the index is drawn afterwards and alone, with the numbers
    written out (``data-page``); before, only its heading holds its place.
    """

    def __init__(self, root: Element, section: Element) -> None:
        self._root, self._section = root, section
        self._entries = [each for each in section if each.tag != "h1"]
        for each in self._entries:
            section.remove(each)
        self.anchors = {name for each in section.iter() if (name := each.get("id"))}

    @classmethod
    def taken_from(cls, root: Element) -> "Index | None":
        """Return the index of a document, if it has one; what is left of it there is its heading."""
        section = root.find(_INDEX)
        return None if section is None else cls(root, section)

    def leave_alone(self, numbers: dict[str, int], first: int) -> int:
        """Leave the whole index alone in its document.

        Args:
            numbers: on which page each anchor is.
            first: the page on which the index begins.

        Returns:
            how many pages stand before it, for its side.
        """
        self._section.extend(self._entries)
        _name_once(self._section, numbers)
        return _leave_alone(self._root, self._section, first)


def _name_once(index: Element, numbers: dict[str, int]) -> None:
    """Write the page of each link into it; take links to a page out that is named already."""
    for entry in index.iter("p"):
        seen: set[int] = set()
        for link in entry.findall("a[@class='page']"):
            number = numbers[link.get("href", "")[1:]]
            link.set("data-page", str(number))
            if number in seen:
                entry.remove(link)
            seen.add(number)


def _leave_alone(root: Element, index: Element, first: int) -> int:
    """Leave the index alone in its document, on its page; return how many pages stand before it for its side."""
    head, body = root.find("head"), root.find("body")
    if head is None or body is None:
        raise LookupError("a document has a head and a body")
    for other in list(body):
        if other is not index:
            body.remove(other)
    before = 1 - first % 2
    if before:
        # A left page is never the first one.
        body.insert(0, Element("div", {"style": "break-after: page"}))
    SubElement(head, "style").text = f"@page :first {{ counter-reset: page {first - before} }}"
    return before
