"""A page laid out once with placeholders in its fields, and cut up: what stays, and where each field is set."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.document import Document

from .. import engine
from ..printing import Pictures
from .boxes import Box, FoundFields, LineBoxes, find_fields
from .errors import CannotMerge
from .ground import Ground, lay_ground
from .marks import ALT, MarkedPage, PictureField, TextField
from .painted import PaintedPage
from .pictures import CODE, Drawing, picture_kind
from .planning import Placeholder, Room
from .styles import Style, read_style

Plan = tuple[Any, ...]
"""For each field in turn: the placeholders of its lines, or the kind of its picture."""


@dataclass(frozen=True)
class LinePlace:
    """Where a line is set, CSS pixels from the left and the top of the page.

    ``alignment`` is the share of the free room that stands before it.
    """

    left: float
    width: float
    alignment: float
    baseline: float
    slot: int
    lang: str


@dataclass(frozen=True)
class PicturePlace:
    """Where a picture is set: the slot of a drawing, or the number of the image object of a code."""

    kind: str
    drawing: Drawing | None
    slot: int
    image: int
    element: int


@dataclass(frozen=True)
class Skeleton:
    """A page without its fields."""

    ground: Ground
    lines: dict[str, tuple[LinePlace, ...]]
    pictures: dict[str, PicturePlace]


def read_rooms(page: MarkedPage, template: str, lang: str, pictures: Pictures = ()) -> dict[str, Room]:
    """Lay a page out with one letter of each style in its text fields, and return how wide and in what style each is.

    Raises:
        CannotMerge: a field has a style that merge printing does not know.
    """
    plan: list[Any] = []
    for field in page.fields:
        if isinstance(field, PictureField):
            plan.append(picture_kind(field.source))
            continue
        paths = dict.fromkeys(((), *(piece.path for line in field.lines for piece in line)))
        plan.append(tuple((Placeholder(path, (), "x"),) for path in paths))
    with engine.one_at_a_time:
        found = find_fields(_only_page(_lay_out(page, tuple(plan), template, lang, pictures))._page_box)
        return {
            field.name: _room(found.lines.get(field.name, []), list(map(_path, boxes)), lang)
            for field, boxes in zip(page.fields, plan, strict=True)
            if isinstance(field, TextField) and field.lines
        }


def build_skeleton(page: MarkedPage, plan: Plan, template: str, lang: str, pictures: Pictures = ()) -> Skeleton:
    """Lay a page out with placeholders and cut it up.

    Raises:
        CannotMerge: the page is not of the kind that can be cut up; the reason says where.
    """
    with engine.one_at_a_time:
        document = _lay_out(page, plan, template, lang, pictures)
        found = find_fields(_only_page(document)._page_box)
        painted = _paint(document)
    lines = _lines_in_order(page, plan, found)
    slots: dict[str, list[LinePlace]] = {}
    for name, line in lines:
        slot = painted.cut_text([painted.mcid(box) for box in line.texts], _corner(line.texts[0]))
        first = line.texts[0]
        own = first.style["lang"] or lang
        painted.say_language(painted.mcid(first), own, lang)
        place = LinePlace(line.left, line.width, line.alignment, first.position_y + first.baseline, slot, own)
        slots.setdefault(name, []).append(place)
    places = {
        field.name: _picture_place(field, found, painted) for field in page.fields if isinstance(field, PictureField)
    }
    painted.mend_figures()
    ground = lay_ground(painted, images={each.image for each in places.values() if each.kind == CODE})
    return Skeleton(ground, {name: tuple(own) for name, own in slots.items()}, places)


def _lay_out(page: MarkedPage, plan: Plan, template: str, lang: str, pictures: Pictures) -> Document:
    html = page.parts[0]
    for field, own, part in zip(page.fields, plan, page.parts[1:], strict=True):
        if isinstance(field, PictureField):
            html += f' src="{escape(field.source)}" alt="{ALT}"'
        else:
            html += "<br>".join("".join(map(_marked_up, boxes)) for boxes in own)
        html += part
    return engine.lay_out(html, template, lang, pictures)


def _marked_up(box: Placeholder) -> str:
    ends = "".join(f"</{tag[1:-1].split()[0]}>" for tag in reversed(box.path))
    return "".join(box.path) + escape(box.letters) + ends


def _only_page(document: Document) -> Any:  # Any: a page of WeasyPrint
    if len(document.pages) != 1:
        raise CannotMerge(f"the document has {len(document.pages)} pages")
    return document.pages[0]


def _path(boxes: tuple[Placeholder, ...]) -> tuple[str, ...]:
    return boxes[0].path


def _room(lines: list[LineBoxes], paths: list[tuple[str, ...]], lang: str) -> Room:
    if len(lines) != len(paths):
        raise CannotMerge("a field does not keep its lines")
    styles: dict[tuple[str, ...], Style] = {}
    for path, line in zip(paths, lines, strict=True):
        line.check()
        styles[path] = read_style(line.texts[0].style, lang)
    return Room(lines[0].width, styles)


def _lines_in_order(page: MarkedPage, plan: Plan, found: FoundFields) -> list[tuple[str, LineBoxes]]:
    """Return the lines of all text fields; each has exactly the boxes that were planned."""
    ordered: list[tuple[str, LineBoxes]] = []
    for field, own in zip(page.fields, plan, strict=True):
        if isinstance(field, PictureField):
            continue
        lines = found.lines.get(field.name, [])
        if [len(line.texts) for line in lines] != [len(boxes) for boxes in own]:
            raise CannotMerge(f"the field “{field.name}” does not keep its lines")
        for line in lines:
            line.check()
            ordered.append((field.name, line))
    return ordered


def _corner(box: Box) -> tuple[float, float]:
    return box.position_x, box.position_y + box.baseline


def _picture_place(field: PictureField, found: FoundFields, painted: PaintedPage) -> PicturePlace:
    box = found.pictures.get(field.name)
    if box is None:
        raise CannotMerge(f"the field “{field.name}” is not on the page")
    kind, mcid = picture_kind(field.source), painted.mcid(box)
    element = painted.element_of(mcid)
    if kind == CODE:
        return PicturePlace(kind, None, -1, painted.image_of(mcid), element)
    drawing = Drawing(box.content_box_x(), box.content_box_y(), box.width, box.height, painted.size)
    slot, drawn = painted.cut_picture(mcid)
    if drawing.operators(field.source) != drawn:
        raise CannotMerge(f"the picture “{field.name}” is not simply drawn in its box")
    return PicturePlace(kind, drawing, slot, 0, element)


def _paint(document: Document) -> PaintedPage:
    """Paint a page, and keep which mark of the content stands for which box: WeasyPrint forgets it when it writes."""
    tags: list[dict[Box, Any]] = []
    add_tags: Callable[..., None] = weasyprint.pdf.add_tags

    def keep_tags(pdf: Any, drawn: Any, version: Any, streams: Any) -> None:  # Any: as WeasyPrint calls it
        tags.extend(dict(stream._tags) for stream in streams)
        add_tags(pdf, drawn, version, streams)

    painted: list[pydyf.PDF] = []

    def keep(_document: Document, pdf: pydyf.PDF) -> None:
        painted.append(pdf)

    weasyprint.pdf.add_tags = keep_tags
    try:
        document.write_pdf(finisher=keep, pdf_variant=engine.VARIANT, uncompressed_pdf=True)
    finally:
        weasyprint.pdf.add_tags = add_tags
    return PaintedPage(painted[0], tags[0])
