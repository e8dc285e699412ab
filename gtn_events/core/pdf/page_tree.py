"""A page as WeasyPrint reads it, with the style that a browser would give it, less what no document of ours has."""

import re
from functools import lru_cache
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA

_NOTES = re.compile(r"^::(?:foot)?note-.*\n", re.MULTILINE)
_MARKERS = re.compile(r"^::marker", re.MULTILINE)


class PageTree(HTML):
    """A page whose elements have no styles of their own for notes, nor for markers where they are no list items.

    WeasyPrint 70 otherwise keeps six more styles for each element: most of the memory of a long document.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # as WeasyPrint calls it
        return list(super()._ua_stylesheets(forms)) if forms else [_browser_style()]


@lru_cache(maxsize=1)
def _browser_style() -> CSS:
    return CSS(string=_MARKERS.sub("li::marker", _NOTES.sub("", UA)), counter_style=CounterStyle())
