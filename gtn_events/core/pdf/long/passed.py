"""What lies behind a page that was given away: the boxes that it was made from, which no other page needs."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure.boxes import BlockBox

Box = Any  # a box of WeasyPrint, which has no types
Place = dict[int, Any] | None  # where a page begins: the number of a child, and within it that of its child


def let_go(box: Box, begins: Place, ends: Place) -> Iterator[Element]:
    """Take the content out of all blocks that lie between two places, whole; a table that goes on keeps its own.

    Args:
        box: the root of the tree that pages are made from.
        begins: where the page begins, None at the beginning of the box.
        ends: where the next page begins, None when the box ends with the page.

    Returns:
        the elements that no box needs any more.
    """
    first, within_first = _step(begins, 0)
    last, within_last = _step(ends, len(box.children))
    for number, child in enumerate(box.children[first : last + 1], start=first):
        inner_begin = within_first if number == first else None
        if inner_begin is None and number < last:
            if child.children and child.element is not box.element:
                yield from child.element.iter()
            _part_styles(child)
            child.children = ()
        elif type(child) is BlockBox and (number < last or within_last):
            yield from let_go(child, inner_begin, within_last if number == last else None)


def _part_styles(box: Box) -> None:
    """Let styles of boxes without an element hold no longer themselves, which only the collector would notice."""
    for each in (box, *box.descendants()):
        if type(each.style) is AnonymousStyle and each.style.specified is each.style:
            each.style.specified = {name: each.style[name] for name in ("display", "float", "position")}


def _step(place: Place, otherwise: int) -> tuple[int, Place]:
    if place is None:
        return otherwise, None
    number = min(place)
    return number, place[number]
