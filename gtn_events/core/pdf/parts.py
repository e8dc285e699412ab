"""A document of very many pages: laid out part by part, and a page that stands in several places is laid out once."""

from collections.abc import Sequence
from typing import Any

from weasyprint.document import Document

from .engine import VARIANT, lay_out, one_at_a_time
from .pace import collector_paused
from .page import page_html


def render_parts(
    template: str, parts: Sequence[dict[str, Any]], *, order: Sequence[int], lang: str = "en", title: str
) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of the pages of several parts; the same input gives the same bytes.

    WeasyPrint takes the longer for a page the more pages it lays out together, so parts of some dozens are best.

    Args:
        template: a folder below ``templates/pdf``, as for ``render_pdf``.
        parts: what the pages of each part show; a part begins on a page of its own.
        order: which page stands where, as numbers of the pages of all parts, from 0; each of
            them stands somewhere, and may stand in several places.

    Raises:
        MissingGlyphs: a text has a character that no font has.
        LookupError: the parts have more or fewer pages than ``order`` knows.
    """
    pages_html = [page_html(template, part, lang=lang, title=title) for part in parts]
    with one_at_a_time, collector_paused():
        drawn = [lay_out(html, template, lang) for html in pages_html]
        if any(each.font_config is not drawn[-1].font_config for each in drawn):
            # A later part needed fonts that were not loaded before: all have to be drawn with the same ones.
            drawn = [lay_out(html, template, lang) for html in pages_html]
        data: bytes = _in_order(drawn, order).write_pdf(pdf_variant=VARIANT)
    return data


def _in_order(drawn: Sequence[Document], order: Sequence[int]) -> Document:
    pages = [page for each in drawn for page in each.pages]
    if len(pages) != len(set(order)):
        raise LookupError(f"{len(pages)} pages were drawn, {len(set(order))} were expected.")
    return drawn[0].copy([pages[number] for number in order])
