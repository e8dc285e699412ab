"""Where the fields of a page stand, by the boxes that WeasyPrint laid out; private names of it are read here only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from .errors import CannotMerge

Box = Any  # a box of WeasyPrint, which has no types
_ALIGNMENTS = {"start": 0.0, "left": 0.0, "center": 0.5, "end": 1.0, "right": 1.0}
_INLINE = {"vertical_align": "baseline", "position": "static", "opacity": 1, "transform": ()}
_PRECISE = 0.02  # CSS pixels


@dataclass(frozen=True)
class Place:
    """What a box stands in: the field, the block that gives lines their width, and whether that follows its content."""

    name: str | None = None
    block: Box = None
    fits_content: bool = False

    def within(self, box: Box) -> "Place":
        """Return what stands in a box that stands here."""
        name = None if box.element is None else box.element.get("data-field")
        block = box if isinstance(box, boxes.BlockContainerBox) else self.block
        return Place(name or self.name, block, _fits_content(box, self.fits_content))


@dataclass
class LineBoxes:
    """A line of text: its boxes, and the block that gives it its width."""

    block: Box
    texts: list[Box]

    @property
    def alignment(self) -> float:
        """Which share of the free room stands before the line.

        Raises:
            CannotMerge: its letters are spread over the room.
        """
        style = self.block.style
        values = {style["text_align_all"], style["text_align_last"]} - {"auto"}
        if len(values) != 1 or not values <= _ALIGNMENTS.keys():
            raise CannotMerge(f"a field has text-align: {style['text_align_all']}")
        return _ALIGNMENTS[values.pop()]

    @property
    def left(self) -> float:
        """Where the room for text begins, CSS pixels from the left of the page."""
        return float(self.block.content_box_x())

    @property
    def width(self) -> float:
        """How wide the room for text is."""
        return float(self.block.width)

    def check(self) -> None:
        """Check that the line stands where text of its width would be set.

        Raises:
            CannotMerge: something else stands on the line or pushes it, or it is cut off.
        """
        style = self.block.style
        if style["text_indent"].value or style["text_overflow"] != "clip" or style["block_ellipsis"] != "none":
            raise CannotMerge("a field has an indent or an ellipsis")
        width = self.texts[-1].position_x + self.texts[-1].width - self.texts[0].position_x
        if abs(self.left + self.alignment * (self.width - width) - self.texts[0].position_x) > _PRECISE:
            raise CannotMerge("a field shares its line with something else")


@dataclass
class FoundFields:
    """The boxes of all fields by name; texts by line."""

    lines: dict[str, list[LineBoxes]] = field(default_factory=dict)
    pictures: dict[str, Box] = field(default_factory=dict)


def find_fields(page_box: Box) -> FoundFields:
    """Return the boxes of the fields of one page.

    Raises:
        CannotMerge: a field shares its line with something else, or its width follows its text.
    """
    found = FoundFields()
    _look(page_box, Place(), found)
    return found


def _look(box: Box, outside: Place, found: FoundFields) -> None:
    box = getattr(box, "_box", box)  # an absolute box stands behind a placeholder
    place = outside.within(box)
    if isinstance(box, boxes.LineBox):
        _take_line(box, place, found)
        return
    if isinstance(box, boxes.ReplacedBox) and place.name:
        found.pictures[place.name] = box
    for child in getattr(box, "children", ()):
        _look(child, place, found)


def _take_line(line: Box, place: Place, found: FoundFields) -> None:
    leaves = list(_leaves(line, place))
    found.pictures |= {own: box for box, own in leaves if isinstance(box, boxes.ReplacedBox) and own}
    texts = [(box, own) for box, own in leaves if isinstance(box, boxes.TextBox)]
    names = {own for _box, own in texts}
    if names <= {None}:
        return
    name = max(filter(None, names))
    if len(names) > 1 or len(texts) < len(leaves) or any("::" in box.element_tag for box, _own in texts):
        raise CannotMerge(f"the field “{name}” shares its line with something else")
    if place.fits_content:
        raise CannotMerge(f"the width of the field “{name}” depends on its text")
    found.lines.setdefault(name, []).append(LineBoxes(place.block, [box for box, _own in texts]))


def _leaves(box: Box, outside: Place) -> Iterator[tuple[Box, str | None]]:
    box = getattr(box, "_box", box)
    place = outside.within(box)
    if isinstance(box, boxes.BlockLevelBox | boxes.InlineBlockBox):
        raise CannotMerge("a block stands within a line")
    if place.name and isinstance(box, boxes.InlineBox):
        _check_inline(box)
    if isinstance(box, boxes.TextBox) or not hasattr(box, "children"):
        yield box, place.name
    for child in getattr(box, "children", ()):
        yield from _leaves(child, place)


def _check_inline(box: Box) -> None:
    """Check that an inline element changes the letters in it only: nothing is drawn around them, none is moved."""
    edges = (box.margin_left, box.margin_right, box.padding_left, box.padding_right)
    borders = (box.style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
    if any((*edges, *borders)) or any(box.style[name] != value for name, value in _INLINE.items()):
        raise CannotMerge("an element within a field is moved, or has a border or room around it")
    if box.style["background_color"].alpha or any(image[0] != "none" for image in box.style["background_image"]):
        raise CannotMerge("an element within a field has a background")


def _fits_content(box: Box, outside: bool) -> bool:
    """Say whether what stands in a box gets its width from its own content."""
    style = box.style
    if any(kind in word for word in style["display"] for kind in ("flex", "grid", "table")):
        return True
    if style["width"] != "auto" or isinstance(box, boxes.LineBox | boxes.InlineBox | boxes.TextBox):
        return outside and style["width"] == "auto"
    held = style["left"] != "auto" and style["right"] != "auto"
    loose = style["position"] in {"absolute", "fixed"} and not held
    return outside or loose or style["float"] != "none"
