"""The engine: a rendered page in, the bytes of a tagged PDF out."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from gtn_events.core.templating import template_folder

from .asset_names import ASSET_ROOT
from .coverage import families_of_tree
from .families import font_css
from .fetcher import AssetFetcher
from .fonts import FontSet
from .index_pages import drawn_with_index
from .pace import collector_paused, name_pages_once
from .page_tree import PageTree
from .pictures import KeptPictures
from .printing import Pictures
from .thai import thai_taken_apart

_FOLDER = template_folder() / "pdf"
_fonts = FontSet()
_fetcher = AssetFetcher(_FOLDER)
_pictures = KeptPictures(_fetcher)
VARIANT = "pdf/ua-1"
# Pango's font map must not be used by two threads at once.
one_at_a_time = threading.Lock()
name_pages_once()


def draw_pdf(html: str, template: str, lang: str, pictures: Pictures = ()) -> bytes:
    """Return a rendered page as a tagged PDF (PDF/UA-1); the same page gives the same bytes.

    Args:
        html: the whole page, as ``core.pdf.page.page_html`` gives it.
        template: the folder below ``templates/pdf`` whose style and pictures it uses.
        lang: the language of the document.
        pictures: uploaded ones that the page may show, by the name below ``PICTURE_ROOT``.

    Raises:
        MissingGlyphs: a text has a character that no font has.
        AssetMissing: the template names a picture that is not there.

    Reads nothing but templates, fonts and these pictures.
    """
    with one_at_a_time, collector_paused():
        data: bytes = lay_out(html, template, lang, pictures).write_pdf(pdf_variant=VARIANT)
    return data


def lay_out(html: str, template: str, lang: str, pictures: Pictures = ()) -> Document:
    """Return the pages laid out, not yet painted; whoever calls holds ``one_at_a_time`` until they are."""
    prepared = prepare(html, template, lang, pictures)
    drawn = drawn_with_index(prepared.tree, prepared.draw)
    keep_pictures(prepared)
    return drawn


@dataclass(frozen=True)
class Prepared:
    """A page that is read, and everything that it is drawn with."""

    tree: PageTree
    fonts: FontConfiguration
    sheets: list[CSS]
    pictures: dict[str, Any]  # Any: WeasyPrint's images and their data

    def draw(self) -> Document:
        """Return the pages laid out."""
        how = {"stylesheets": self.sheets, "cache": self.pictures, "pdf_variant": VARIANT}
        return self.tree.render(font_config=self.fonts, **how)


def prepare(html: str, template: str, lang: str, pictures: Pictures = ()) -> Prepared:
    """Return a rendered page with its style and its fonts."""
    head, body, rest = html.partition("<body>")
    html = head + body + thai_taken_apart(rest)
    fetcher = _fetcher.bringing(pictures) if pictures else _fetcher
    tree = PageTree(string=html, base_url=f"{ASSET_ROOT}{template}/", url_fetcher=fetcher)
    style = _FOLDER / template / "style.css"
    sheets = [_base_style(), _style(style, style.stat().st_mtime_ns)]
    return Prepared(
        tree, _fonts.configuration_for(families_of_tree(tree.etree_element, lang)), sheets, _pictures.known()
    )


def keep_pictures(prepared: Prepared) -> None:
    """Keep the pictures of a document that is laid out for those that come after it."""
    _pictures.keep(prepared.pictures, prepared.fonts)


@lru_cache(maxsize=1)
def _base_style() -> CSS:
    return CSS(string=font_css(), url_fetcher=_fetcher)


@lru_cache(maxsize=32)
def _style(path: Path, _changed: int) -> CSS:
    base = f"{ASSET_ROOT}{path.parent.relative_to(_FOLDER).as_posix()}/"
    return CSS(string=path.read_text("utf-8"), base_url=base, url_fetcher=_fetcher)
