"""A long document: page by page where that can be, as a whole where not."""

import gc
import logging

from weasyprint.document import Document
from weasyprint.html import get_html_metadata
from weasyprint.pdf.metadata import DocumentMetadata

from ..engine import VARIANT, Prepared, keep_pictures, lay_out, one_at_a_time, prepare
from ..index_pages import Index
from ..pace import collector_paused
from ..printing import Pictures
from .errors import CannotFlow
from .flow import Flow
from .painter import Painter

logger = logging.getLogger(__name__)


def draw_long(html: str, template: str, lang: str, pictures: Pictures = ()) -> bytes:
    """Return a rendered page as a tagged PDF (PDF/UA-1), as ``draw_pdf`` does; the same page gives the same bytes.

    Its memory hardly grows with its pages. What is known only when all pages are (how many there are, for one) makes
    it a document that is laid out as a whole.
    """
    with one_at_a_time, collector_paused():
        prepared = prepare(html, template, lang, pictures)
        gc.collect(0)  # what the parser of the page left behind
        try:
            return _page_by_page(prepared)
        except CannotFlow as refused:
            logger.info("%s is laid out as a whole: %s", template, refused.reason)
        data: bytes = lay_out(html, template, lang, pictures).write_pdf(pdf_variant=VARIANT)
        return data


def _page_by_page(prepared: Prepared) -> bytes:
    tree = prepared.tree
    metadata = DocumentMetadata(**get_html_metadata(tree))
    painter = Painter(Document([], metadata, tree.url_fetcher, prepared.fonts, {}, None))
    index, numbers, first = Index.taken_from(tree.etree_element), dict[str, int](), 0
    for number, page in Flow(prepared).pages():
        for anchor in page.anchors:
            numbers[anchor] = max(number, numbers.get(anchor, 0))
        if index is not None and index.anchors & page.anchors.keys():
            first = number
        else:
            painter.paint(number, page)
    if index is not None:
        gc.collect(0)
        before = index.leave_alone(numbers, first)
        for number, page in Flow(prepared).pages():
            if number > before:
                painter.paint(first - 1 + number - before, page)
    keep_pictures(prepared)
    return painter.finished()
