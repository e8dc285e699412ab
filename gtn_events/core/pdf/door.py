"""The door to the engine, which is loaded with the first document: a process that only shows pages does without.

WeasyPrint and its fonts take some 40 MiB and a third of a second.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from werkzeug.utils import import_string

from .page import page_html
from .printing import Pictures

ENGINE = "gtn_events.core.pdf.engine:draw_pdf"
PARTS = "gtn_events.core.pdf.parts:render_parts"
LONG = "gtn_events.core.pdf.long:draw_long"
BREAKS = "gtn_events.core.pdf.merge.wrapping:break_places"
FITTING = "gtn_events.core.pdf.fitting:render_fitting"


def render_pdf(
    template: str, context: dict[str, Any], *, lang: str = "en", title: str, pictures: Pictures = ()
) -> bytes:
    """Return a tagged PDF (PDF/UA-1); the same input gives the same bytes.

    Args:
        template: a folder below ``templates/pdf``, ``"certificates/participation"``; its
            ``page.html`` (which extends ``pdf/document.html``) is the page, its
            ``style.css`` the style, its pictures can be named without a path.
        context: what the page shows; every text in another language stands in an
            element with its ``lang``.
        lang: the language of the document.
        title: the title that readers and assistive technology show.
        pictures: uploaded ones that the page may show, by the name below ``PICTURE_ROOT``.

    Raises:
        MissingGlyphs: a text has a character that no font has.
        AssetMissing: the template names a picture that is not there.

    Needs an application context, and reads nothing but templates and fonts.
    """
    html = page_html(template, context, lang=lang, title=title)
    data: bytes = import_string(ENGINE)(html, template, lang, pictures)
    return data


def render_long(
    template: str, context: dict[str, Any], *, lang: str = "en", title: str, pictures: Pictures = ()
) -> bytes:
    """Return a document of up to hundreds of pages as ``render_pdf`` does, in memory that hardly grows with them."""
    html = page_html(template, context, lang=lang, title=title)
    del context  # perhaps what was read for hundreds of pages
    data: bytes = import_string(LONG)(html, template, lang, pictures)
    return data


def render_parts(
    template: str, parts: Sequence[dict[str, Any]], *, order: Sequence[int], lang: str = "en", title: str
) -> bytes:
    """Return a tagged PDF of very many pages, as ``core.pdf.parts.render_parts`` does."""
    data: bytes = import_string(PARTS)(template, parts, order=order, lang=lang, title=title)
    return data


def render_fitting(template: str, sheets: Sequence[Sequence[dict[str, Any]]], *, lang: str = "en", title: str) -> bytes:
    """Return a tagged PDF with one page for each sheet, as ``core.pdf.fitting.render_fitting`` does."""
    data: bytes = import_string(FITTING)(template, sheets, lang=lang, title=title)
    return data


def load_engine() -> None:
    """Load the engine now, so that the first document does not wait and a missing library is told at the start."""
    import_string(ENGINE)


def words_of(text: str, *, lang: str = "en") -> list[str]:
    """Return the parts of a text between which a line may break, as both ways of printing break them.

    A word has its space; words of Thai, which writes none, are those of a dictionary.
    """
    places = [0, *import_string(BREAKS)(text, lang), len(text)]
    return [text[start:end] for start, end in pairwise(places) if start < end]
