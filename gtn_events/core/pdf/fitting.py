"""Documents whose every page is one sheet: each is laid out in the largest way that fits."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from weasyprint.document import Document

from gtn_events.core.errors import DomainError

from .engine import VARIANT, lay_out, one_at_a_time
from .pace import collector_paused
from .page import page_html


class SheetTooSmall(DomainError):
    """What is to stand on one sheet does not fit it in any way."""

    http_status = 422


def render_fitting(template: str, sheets: Sequence[Sequence[dict[str, Any]]], *, lang: str = "en", title: str) -> bytes:
    """Return a tagged PDF (PDF/UA-1) with one page for each sheet; the same input gives the same bytes.

    Args:
        template: a folder below ``templates/pdf``, as for ``render_pdf``.
        sheets: for each sheet what its page shows, in several ways, each smaller than the one before.

    Raises:
        MissingGlyphs: a text has a character that no font has.
        SheetTooSmall: the last way of a sheet needs more than one page.
    """
    draw = partial(_largest, template=template, lang=lang, title=title)
    with one_at_a_time, collector_paused():
        drawn = [draw(each) for each in sheets]
        if any(each.font_config is not drawn[-1].font_config for each in drawn):
            # A later sheet needed fonts that were not loaded before: all have to be drawn with the same ones.
            drawn = [draw(each) for each in sheets]
        pages = [page for each in drawn for page in each.pages]
        data: bytes = drawn[0].copy(pages).write_pdf(pdf_variant=VARIANT)
    return data


def _largest(ways: Sequence[dict[str, Any]], *, template: str, lang: str, title: str) -> Document:
    """Lay a sheet out in the first way that fits; the first is tried first, since it mostly does."""

    def tried(number: int) -> Document:
        return lay_out(page_html(template, ways[number], lang=lang, title=title), template, lang)

    found = tried(0)
    low, high, fitting = 1, len(ways) - 1, found if len(found.pages) == 1 else None
    while low <= high and len(found.pages) > 1:
        middle = (low + high) // 2
        smaller = tried(middle)
        if len(smaller.pages) == 1:
            fitting, high = smaller, middle - 1
        else:
            low = middle + 1
    if fitting is None:
        raise SheetTooSmall("There is too much for one sheet. Choose larger paper.")
    return fitting
