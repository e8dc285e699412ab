"""Merge printing: a page is laid out once for all who differ in its fields only, and each gets their own text set."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from ..printing import Pictures
from ..qr import qr_text
from .codes import code_image
from .detector import Detector
from .ground import packed, quickly_packed
from .lines import Codes, set_line
from .marks import MarkedPage, PictureField, TextField, read_marks
from .pictures import Drawing, picture_kind
from .planning import Line, Room, placeholders, plan_lines
from .skeleton import Plan, Skeleton, build_skeleton, read_rooms
from .writing import write_document

_KEPT = 200
T = TypeVar("T")
_Lines = dict[str, tuple[Line, ...]]


class Merger:
    """Draws the documents of one template, design and language; keeps what many of them share."""

    def __init__(self, template: str, lang: str, pictures: Pictures = ()) -> None:
        self._ground = template, lang, pictures
        self._rooms: OrderedDict[Any, dict[str, Room]] = OrderedDict()  # Any: parts of a page, and paths in its fields
        self._skeletons: OrderedDict[tuple[tuple[str, ...], Plan], Skeleton] = OrderedDict()
        self._detector = Detector(template, lang, pictures)
        self._drawings: OrderedDict[tuple[Drawing, str], bytes] = OrderedDict()

    def draw(self, html: str) -> bytes:
        """Return a rendered page as a tagged PDF (PDF/UA-1); the same page gives the same bytes.

        Raises:
            CannotMerge: it has to be laid out as a whole; the reason says why.
            MissingGlyphs: a text has a character that no font has.
        """
        page = read_marks(html)
        lines = self._lines(page)
        plan = tuple(
            picture_kind(field.source)
            if isinstance(field, PictureField)
            else tuple(placeholders(line) for line in lines[field.name])
            for field in page.fields
        )
        return self._set(page, lines, self._skeleton(page, plan))

    def _lines(self, page: MarkedPage) -> _Lines:
        rooms = self._rooms_of(page)
        return {
            field.name: plan_lines(field, rooms[field.name]) if field.lines else ()
            for field in page.fields
            if isinstance(field, TextField)
        }

    def _rooms_of(self, page: MarkedPage) -> dict[str, Room]:
        paths = tuple(
            tuple(dict.fromkeys(piece.path for line in field.lines for piece in line))
            for field in page.fields
            if isinstance(field, TextField)
        )
        return _kept(self._rooms, (page.parts, paths), lambda: read_rooms(page, *self._ground))

    def _skeleton(self, page: MarkedPage, plan: Plan) -> Skeleton:
        def build() -> Skeleton:
            skeleton = build_skeleton(page, plan, *self._ground)
            self._detector.check(page, plan, skeleton)
            return skeleton

        return _kept(self._skeletons, (page.parts, plan), build)

    def _set(self, page: MarkedPage, lines: _Lines, skeleton: Skeleton) -> bytes:
        codes: Codes = {}
        slots, images, alternatives = dict[int, bytes](), dict[int, bytes](), dict[int, str]()
        for field in page.fields:
            if isinstance(field, TextField):
                for line, place in zip(lines[field.name], skeleton.lines.get(field.name, ()), strict=True):
                    slots[place.slot] = quickly_packed(set_line(line, place, codes, place.lang))
                continue
            picture = skeleton.pictures[field.name]
            alternatives[picture.element] = field.alt
            if picture.drawing is None:
                images[picture.image] = code_image(qr_text(field.source))
            else:
                slots[picture.slot] = self._drawing(picture.drawing, field.source)
        return write_document(
            skeleton.ground, slots=slots, images=images, alternatives=alternatives, codes=codes, title=page.title
        )

    def _drawing(self, box: Drawing, source: str) -> bytes:
        return _kept(self._drawings, (box, source), lambda: packed(box.operators(source)))


def _kept(store: OrderedDict[Any, T], key: Any, make: Callable[[], T]) -> T:  # Any: what tells two values apart
    """Return a value that is kept, made when it is new; the one that was not asked for longest is let go."""
    if key not in store:
        store[key] = make()
        if len(store) > _KEPT:
            store.popitem(last=False)
    store.move_to_end(key)
    return store[key]
