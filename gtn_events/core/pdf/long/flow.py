"""The pages of a long document one after another, each as soon as nothing of it changes any more.

WeasyPrint keeps the boxes of all pages until the last one is painted. Here a page is given away when the numbers of
the pages that it names are known, and its boxes are let go. Private names of WeasyPrint are read here.
"""

import gc
from collections.abc import Iterator
from typing import Any, NoReturn
from xml.etree.ElementTree import Element

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_all_pages, make_margin_boxes, remake_page

from ..engine import Prepared
from .errors import CannotFlow
from .passed import let_go

_KINDS_OF_STYLE = (None, "before", "after", "marker")
# Pages after which boxes that hold each other are looked for; only the youngest objects are gone through.
_SWEPT_EACH = 20
PageBox = Any  # a page box of WeasyPrint, which has no types


class Flow:
    """Lays out a document page by page."""

    def __init__(self, prepared: Prepared) -> None:
        tree, counters = prepared.tree, CounterStyle()
        options = {**DEFAULT_OPTIONS, "stylesheets": prepared.sheets, "cache": prepared.pictures}
        self._html = tree
        self._context = context = Document._build_layout_context(tree, prepared.fonts, counters, {}, options)
        self._root = build_formatting_structure(
            tree.etree_element,
            context.style_for,
            context.get_image_from_uri,
            tree.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )
        self._items = context.target_collector.target_lookup_items
        self._lookups = {id(lookup): (lookup, names) for lookup, names in _lookups(context.target_collector)}
        self._waiting: dict[int, tuple[PageBox, list[str]]] = {}
        self._labelled: dict[tuple[Any, str], int] = {}  # Any: elements, which are compared by identity

    def pages(self) -> Iterator[tuple[int, Page]]:
        """Give the number of each page, from 1, and the page; one that names later pages comes after these.

        A page has to be painted before the next one is asked for: its boxes are let go then.

        Raises:
            CannotFlow: the document has something that is known only when all of its pages are.
        """
        context = self._context
        initialize_page_maker(context, self._root)
        for number, box in enumerate(make_all_pages(context, self._root, self._html, []), start=1):
            self._take_strings(number, box)
            names = context.page_maker[number - 1][-1]["content_lookups"]
            self._waiting[number] = box, [name for each in names for name in self._lookups[each][1]]
            # What is broken between two pages is remembered for the second one: none is made between them.
            if not context.broken_out_of_flow:
                yield from self._given_away([number for number in self._waiting if self._is_known(number)])
        yield from self._given_away(list(self._waiting))
        if any(state["content_changed"] for *_rest, state in context.page_maker):
            raise CannotFlow("a page changed after it was given away")

    def _is_known(self, number: int) -> bool:
        """Say whether all pages that a page names are known."""
        targets = self._waiting[number][1]
        while targets and self._items[targets[-1]].cached_page_counter_values:
            targets.pop()
        return not targets

    def _given_away(self, numbers: list[int]) -> Iterator[tuple[int, Page]]:
        for number in numbers:
            box = self._with_numbers(number, self._waiting.pop(number)[0])
            yield number, self._whole(number, box)
            box.children = ()
            self._forget(number)

    def _with_numbers(self, number: int, box: PageBox) -> PageBox:
        """Return a page with the numbers that it names; if they were not known when it was made it is made anew."""
        state, following = self._context.page_maker[number - 1][-1], self._context.page_maker[number]
        if state["content_lookups"]:
            for each in state["content_lookups"]:
                lookup = self._lookups[each][0]
                lookup.parse_again(lookup.cached_page_counter_values)
            state.update(content_changed=False, anchors=[], content_lookups=[])
            box, _resume_at = remake_page(number - 1, self._context, self._root, self._html)
            if state["content_changed"] or self._context.page_maker[number] is not following:
                raise CannotFlow("a page holds less or more with its numbers than without")
        if state["pages_wanted"] or box.fixed_boxes:
            raise CannotFlow("a page says how many there are, or shows what stands on all of them")
        return box

    def _forget(self, number: int) -> None:
        """Let go what a page was made from: boxes, and the styles of elements, of the page and of its margins."""
        computed, cascaded = self._context.style_for._computed_styles, self._context.style_for._cascaded_styles
        for element in self._passed(number):
            for kind in _KINDS_OF_STYLE:
                if (style := computed.pop((element, kind), None)) is not None:
                    vars(style).pop("anonymous_style", None)  # each holds the other
        waiting = {box.page_type for box, _targets in self._waiting.values()}
        for key in [each for each in cascaded if each[0] not in waiting]:
            del cascaded[key], computed[key]
        if number % _SWEPT_EACH == 0:
            gc.collect(0)

    def _passed(self, number: int) -> Iterator[Element]:
        """Let the boxes go that a page was made from; but a page that is made anew ends where the next one begins."""
        if number - 1 not in self._waiting:
            begins, ends = (self._context.page_maker[each][0] for each in (number - 1, number))
            yield from let_go(self._root, begins if self._waiting else None, ends)

    def _whole(self, number: int, box: PageBox) -> Page:
        """Return a page with its margins, ready to be painted."""
        context = self._context
        context.current_page = number
        self._label_once(number, box)
        root, *areas = box.children
        quotes, counters, *rest = context.page_maker[number][3]
        margins = make_margin_boxes(context, box, (quotes, {**counters, "pages": _Unknown()}, *rest))
        box.children = (root, *(area for area in areas if area.children), *margins)
        layout_backgrounds(box, context.get_image_from_uri)
        return Page(box)

    def _take_strings(self, number: int, box: PageBox) -> None:
        """Note in the order of the pages what running heads are made of, and which page has which bookmark."""
        for child in box.descendants():
            if child.bookmark_label:
                self._labelled.setdefault((child.element, child.element_tag), number)
            for name, text in () if child.string_set in (None, "none") else child.string_set:
                self._context.string_set[name][number].append(text)

    def _label_once(self, number: int, box: PageBox) -> None:
        """Leave a bookmark to the first box of its element."""
        for child in box.descendants():
            if child.bookmark_label and self._labelled.get((child.element, child.element_tag)) == number:
                self._labelled[child.element, child.element_tag] = 0
            elif child.bookmark_label:
                child.bookmark_label = ""


class _Unknown:
    """How many pages there are, which no margin of a page can say; it stands where a list of numbers does."""

    def copy(self) -> "_Unknown":
        return self

    def __deepcopy__(self, _copied: dict[int, Any]) -> "_Unknown":
        return self

    def __getitem__(self, _place: int) -> NoReturn:
        raise CannotFlow("a page says how many there are")

    def __iter__(self) -> NoReturn:
        raise CannotFlow("a page says how many there are")


def _lookups(collector: Any) -> Iterator[tuple[Any, list[str]]]:  # Any: WeasyPrint's collector and what it collects
    """Give what waits for the number of a page, and the anchors whose pages it names."""
    for (box, kind), lookup in collector.counter_lookup_items.items():
        if kind != "content":
            raise CannotFlow("a running head or a bookmark names a page")
        # WeasyPrint names an anchor None that stands in an attribute.
        named = lookup.missing_target_counters.keys() - {None} | {each[1:] for each in box.element.attrib.values()}
        yield lookup, [name for name in named if name in collector.target_lookup_items]
